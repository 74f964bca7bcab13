// What clients of the field do to a server, over TLS and plain TCP: uploads that are refused, polling, long connections.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";

const { proxies, ...limits } = config as { proxies?: string };
const fields = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"] as const;
const server = new HTTPSServer({
	secure: { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") },
	address: "127.0.0.1",
	port: 0,
	plainPort: 0,
	plain: "serve",
	...(proxies === undefined ? {} : { trustedProxies: { addresses: [proxies], fields } }),
	...limits
});

server.use("/", (_, response) => void response.header("access-control-allow-origin", "*"));
server.content("/", "text/html;charset=utf-8", "<!doctype html><title>Field</title><p>A page");
server.post("/forbidden", (_, response) => response.status(403).send("You may not"));
server.post("/long-refusal", (_, response) => response.status(403).send("no ".repeat(100_000)));
server.post("/written-refusal", async (_, response) => {
	await response.status(403).write("You may not, ");
	response.end("whoever you are");
});
server.post("/count", async (request, response) => {
	let bytes = 0;
	for await (const piece of request.body) bytes += piece.byteLength;
	response.json(bytes);
});
server.post("/small", async (request, response) => response.send(await request.text()), { maxBody: 1000 });
server.onStatus(413, (_, response, { code }) => response.json({ code }));
server.get("/search", (request, response) => response.json([request.query.get("page"), request.query.get("q")]));
server.get("/session", ({ cookies }, response) => response.json(cookies.get("session") ?? null));
server.get("/who", ({ address, scheme, host }, response) => response.json([address, scheme, host]));
server.post("/restart", (_, response) => response.closeConnection().send("restarting"));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
server.events("/events", stream => stream.send("hello"));
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`ports ${server.port} ${server.plainPort}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
