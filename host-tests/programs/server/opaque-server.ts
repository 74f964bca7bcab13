// A server whose private key PSA holds (row B9): what it is given as `key` comes from mc/config.

import Resource from "Resource";
import Server from "httpsd/server";
import config from "mc/config";
import { canExportKey, destroyKey, keepKey } from "psa-keys";
import TLSContext, { type TLSVersion } from "tls/context";
import TLSListener from "tls/listener";

function keyId(): number {
	if (config.id !== undefined) return Number(config.id);
	const id = keepKey(new Resource(`${config.key ?? config.cert}.key.pem`), config.maySign !== false);
	if (config.destroy === true) destroyKey(id);
	else trace(`can be exported: ${canExportKey(id)}\n`);
	return id;
}

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: new TLSContext({
		cert: new Resource(`${config.cert}.pem`),
		key: { psaKeyId: keyId() },
		...(config.version === undefined ? {} : { minVersion: config.version as TLSVersion })
	})
});
server.get("/", (request, response) => response.json({ tls: request.tls }));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}
