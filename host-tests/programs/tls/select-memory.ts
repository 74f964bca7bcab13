// A listener whose `select` reads all of a ClientHello, and what XS has had of chunks at most since the one before.

import Resource from "Resource";
import { type DeviceMemory, gc, memory } from "desk";
import type { ClientHello } from "tls/client-hello";
import TLSListener from "tls/listener";

const used = (): number => (memory().device as DeviceMemory).chunks.used;
const read = (hello: ClientHello, name: keyof ClientHello): number => {
	gc();
	const before = used();
	const { length } = hello[name] ?? "";
	const taken = used() - before;
	trace(`${name} ${length} ${taken}\n`);
	return taken;
};

const listener: TLSListener = new TLSListener({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") },
	select(hello) {
		const names = ["servername", "ALPNProtocols", "versions", "ciphers", "groups"] as const;
		const more = ["signatureAlgorithms", "certificateSignatureAlgorithms"] as const;
		const most = Math.max(...[...names, ...more].map(name => read(hello, name)));
		trace(`selected ${most}\n`);
		return undefined;
	}
});
trace(`listening on ${listener.port}\n`);

export const stop = (): void => listener.close();
