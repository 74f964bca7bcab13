// A server for the interop tests of client certificates: off, optional and required, each on a port of its own.

import Resource from "Resource";
import Server from "httpsd/server";
import TLSContext, { type TLSContextOptions } from "tls/context";
import type { TLSDetails } from "tls/details";
import TLSListener from "tls/listener";

function start(label: string, options: TLSContextOptions): Server {
	const server = new Server({
		io: TLSListener,
		port: 0,
		address: "127.0.0.1",
		secure: new TLSContext({
			cert: new Resource("p256.pem"),
			key: new Resource("p256.key.pem"),
			ca: new Resource("ca.pem"),
			...options
		}),
		onError: (error: Error & { code?: string }) => trace(`${label} refused ${error.code}: ${error.message}\n`)
	});
	server.get("/", (request, response) => {
		const peer = (request.tls as TLSDetails | undefined)?.peerCertificate;
		response.json({ tls: request.tls, peer: peer && { subject: peer.subject, serialNumber: peer.serialNumber } });
	});
	server.on("disconnected", ({ error }) => {
		if (error !== undefined) trace(`${label} broken off ${(error as { code?: string }).code}: ${error.message}\n`);
	});
	server.start();
	trace(`${label} on ${server.port}\n`);
	return server;
}

const servers = [
	start("off", {}),
	start("optional", { requestCert: true, rejectUnauthorized: false }),
	start("required", { requestCert: true }),
	start("details", { requestCert: true, rejectUnauthorized: false, ALPNProtocols: ["a", "http/1.1"] })
];
trace("listening on all\n");

export async function stop(): Promise<void> {
	for (const server of servers) await server.stop();
}
