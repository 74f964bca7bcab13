// HTTPS and, on a second port, plain HTTP that sends clients there; but for what phones and browsers ask in a network that they have
// just joined, to see whether it has a page to show first (a captive portal). They look by plain HTTP, and do not follow to HTTPS.
//
// Until somebody has said yes, such a question is answered with the portal's page; from then on with what says that all is well.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import type Request from "httpsd/request";
import type Response from "httpsd/response";
import config from "mc/config";

/** Where Android, Apple's systems, Windows and Firefox look, and what they want to read when there is no portal. */
const probes: Record<string, { status: number; type: string; text: string }> = {
	"/generate_204": { status: 204, type: "text/plain", text: "" },
	"/hotspot-detect.html": { status: 200, type: "text/html", text: "<HTML><BODY>Success</BODY></HTML>" },
	"/connecttest.txt": { status: 200, type: "text/plain", text: "Microsoft Connect Test" },
	"/success.txt": { status: 200, type: "text/plain", text: "success\n" }
};
const host = String(config.host ?? "localhost");
/** Addresses of those who have said yes. */
const welcome = new Set<string>();
const mostWelcome = 16;

const server = new HTTPSServer({
	port: config.port,
	plainPort: config.plainPort ?? 80,
	redirect: { exempt: [...Object.keys(probes), "/portal"] },
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});

function probe(request: Request, response: Response): void {
	const { status, type, text } = probes[request.path] as (typeof probes)[string];
	if (welcome.has(String(request.address))) response.status(status).type(type).send(text);
	else response.redirect(`http://${host}:${server.plainPort}/portal`, 302);
}
for (const path of Object.keys(probes)) server.get(path, probe);

server.content(
	"/portal",
	"text/html;charset=utf-8",
	'<h1>Welcome</h1><form method="post"><button>Go on</button></form>'
);
server.post("/portal", (request, response) => {
	if (welcome.size < mostWelcome) welcome.add(String(request.address));
	response.redirect(`https://${host}:${server.port}/`, 303);
});
server.get("/", (_request, response) => response.html("<h1>Here you are, over TLS</h1>"));

server.start();
trace(`Serving http://${host}:${server.plainPort}/ and https://${host}:${server.port}/\n`);
