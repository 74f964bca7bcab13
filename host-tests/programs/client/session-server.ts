// A server for the interop tests of sessions that clients keep.

import Resource from "Resource";
import Server from "httpsd/server";
import config from "mc/config";
import TLSListener from "tls/listener";

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: { cert: new Resource(`${config.identity}.pem`), key: new Resource(`${config.identity}.key.pem`) }
});
server.get("/", (request, response) => response.json({ tls: request.tls }));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
