// The SDK's HTTP client over TLS, with a session that outlives deep sleep: a device that wakes every few minutes has a whole handshake
// at its first start, and a short one, without certificates and signatures, each time after.
//
// The session is as secret as a private key. A preference holds it over deep sleep and a restart.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import config from "mc/config";
import Preference from "preference";
import TLSSocket from "tls/socket";

const place = ["https-client", "session"];

class ResumingSocket extends TLSSocket {
	constructor(options) {
		let isTold = false;
		super({
			...options,
			session: Preference.get(...place),
			onSession: session => Preference.set(...place, session),
			onWritable(count) {
				if (!isTold) trace(`${this.tls.protocol}, ${this.tls.resumed ? "resumed" : "a whole handshake"}\n`);
				isTold = true;
				options.onWritable?.call(this, count);
			},
			// With a session its TLS version alone is offered: a server that has changed may want a connection without it.
			onError(error) {
				if (error !== undefined) {
					trace(`${error.message}\n`);
					Preference.delete(...place);
				}
				options.onError?.call(this, error);
			}
		});
	}
}

const client = new HTTPClient({
	host: config.server ?? "example.com",
	port: Number(config.serverPort ?? 443),
	dns: { io: Resolver, servers: ["1.1.1.1", "9.9.9.9"], socket: { io: UDP } },
	socket: { io: ResumingSocket, TCP: { io: TCP }, secure: { caBundle: new Resource("x509_crt_bundle") } },
	onError: () => trace("The connection is lost\n")
});

let bytes = 0;
client.request({
	path: config.path ?? "/",
	onHeaders: status => trace(`Status ${status}\n`),
	onReadable(count) {
		bytes += this.read(count).byteLength;
	},
	onDone() {
		trace(`${bytes} bytes\n`);
		client.close();
		// Here a device sleeps: on an ESP32 by sleep.deep() of the SDK's "sleep".
	}
});
