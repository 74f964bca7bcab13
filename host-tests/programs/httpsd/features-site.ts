// What a server does beside taking content, for the siege: files and ranges, authentication, filters, redirects, JSON, client
// certificates, pre-shared keys.

import Resource from "Resource";
import { basicAuth } from "httpsd/basic-auth";
import { digestAuth } from "httpsd/digest-auth";
import { memoryFiles } from "httpsd/file-stores";
import { cors } from "httpsd/filters/cors";
import { rateLimit } from "httpsd/filters/rate-limit";
import { securityHeaders } from "httpsd/filters/security-headers";
import HTTPSServer from "httpsd/https-server";
import { TLSDetails } from "tls/details";
import { PreSharedKeys } from "tls/psk";
import { serveWithFigures, stopUncharged } from "./figures";

const psks = new PreSharedKeys();
psks.add("siege", new Uint8Array(32).fill(7));
const server = new HTTPSServer({
	port: 0,
	secure: {
		cert: new Resource("server.pem"),
		key: new Resource("server.key.pem"),
		ca: new Resource("ca.pem"),
		requestCert: true,
		rejectUnauthorized: false,
		psks
	}
});
const users = { ada: "correct horse" };
const page = "<p>A page of some length</p>".repeat(60);
server.use("/", securityHeaders());
server.use("/shared", cors({ origins: ["https://app.example"], credentials: true, maxAge: 600 }));
server.use("/digest", digestAuth({ realm: "Panel", users }));
server.use("/basic", basicAuth({ realm: "Panel", users }));
server.use("/limited", rateLimit({ rate: 5, burst: 20 }));
server.content("/", "text/html;charset=utf-8", page);
server.files(
	"/memory/",
	memoryFiles({ "page.html": page, "index.html": "<p>index" }, { modified: Date.UTC(2025, 0, 2) })
);
server.get("/old", (request, response) => response.header("X-From", request.path).redirect("/", 308));
server.get("/json", ({ query, cookies, headers, tls }, response) =>
	response.json({
		query: [...query],
		cookies: [...cookies],
		accept: headers.get("accept"),
		who: tls instanceof TLSDetails && tls.peerCertificate?.subject
	})
);
server.get("/names", ({ tls }, response) =>
	response.send((tls instanceof TLSDetails && tls.peerCertificate?.subjectaltname) || "none")
);
server.get("/cookies", (_, response) => {
	for (let count = 0; count < 4; count++) response.cookie(`name${count}`, "value");
	response.send("set");
});
server.post("/echo", async (request, response) => {
	for await (const piece of request.body) await response.write(piece);
	response.end();
});
for (const path of ["/shared", "/digest", "/basic", "/limited"])
	server.handle("*", `${path}/*`, (request, response) => response.send(`${request.user} ${request.path}`));
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);
