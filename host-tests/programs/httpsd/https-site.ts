// HTTPSServer with both of its ports, for the interop tests. What it prints are its events.

import Resource from "Resource";
import HTTPSServer, { type PlainMode } from "httpsd/https-server";
import config from "mc/config";
import type TLSError from "tls/error";

const server = new HTTPSServer({
	secure: { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") },
	address: "127.0.0.1",
	port: 0,
	plainPort: 0,
	plain: (config.plain ?? "redirect") as PlainMode,
	hsts: { maxAge: 3600, includeSubDomains: true }
});

server.get("/", (request, response) => response.json({ tls: request.tls ?? "none", times: ++times(request).value }));
server.on("start", () => trace("started\n"));
server.on("connected", ({ peer }) => {
	peer.context = { value: 0 };
	trace(`connected ${JSON.stringify(peer.tls ?? "plain")}\n`);
});
server.on("disconnected", ({ peer }) => trace(`disconnected after ${(peer.context as { value: number }).value}\n`));
server.on("data", ({ bytes }) => trace(`data ${bytes}\n`));
server.on("sent", ({ bytes }) => trace(`sent ${bytes}\n`));
server.on("error", ({ error, remoteAddress }) => {
	const { code, alert } = error as TLSError;
	trace(`error ${code} ${alert?.name} from ${remoteAddress}\n`);
});
server.on("stop", () => trace("stopped\n"));
server.start();
trace(`ports ${server.port} ${server.plainPort}\n`);

function times(request: { readonly peer: { readonly context: unknown } }): { value: number } {
	return request.peer.context as { value: number };
}

export function stop(): Promise<void> {
	return server.stop();
}
