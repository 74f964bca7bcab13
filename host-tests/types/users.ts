// What users write, checked by the compiler alone against npm's typings and against those of the SDK (host-tests/lint/typings.mjs).

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import type ACMEIdentity from "acme/acme-identity";
import { dashboard } from "httpsd/dashboard";
import HTTPSServer from "httpsd/https-server";
import Server from "httpsd/server";
import type DeviceIdentity from "identity/device-identity";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";
import TLS from "tls/tls";
import type { Socket } from "../../modules/io";

declare const cert: ArrayBuffer;
declare const key: ArrayBuffer;

export function serve(): Server[] {
	const secure = new TLSContext({ cert, key, ALPNProtocols: ["http/1.1"] });
	return [
		new Server({ io: Listener, port: 80 }),
		new Server({ io: TLSListener, port: 443, secure, handshakeTimeout: 5000, maxConnections: 4 }),
		new HTTPSServer({ secure: { cert, key } }),
		new HTTPSServer({ secure, io: Listener, port: "8443", plainPort: 8080, plain: "serve", hsts: { maxAge: 60 } })
	];
}

export function listen(): TLSListener {
	return new TLSListener({
		io: Listener,
		port: 8883,
		secure: { cert, key },
		onReadable(count) {
			for (let at = 0; at < count; at++) {
				const from = this.read();
				if (from !== undefined) new TLSSocket({ from, onReadable: echo });
			}
		},
		onError(error, remoteAddress) {
			trace(`${remoteAddress}: ${error.code}\n`);
		}
	});
}

function echo(this: TLSSocket, count: number): void {
	const bytes = this.read(count);
	if (bytes !== undefined) this.write(bytes);
}

export function connect(url: { hostname: string; port: string }): TLSSocket {
	return new TLSSocket({
		host: url.hostname,
		port: url.port || 443,
		TCP: { io: TCP },
		secure: { ca: cert },
		onWritable() {
			this.write(ArrayBuffer.fromString("hello"), { more: false });
		},
		onReadable(count) {
			this.read(new Uint8Array(count));
		},
		onError(error) {
			trace(`${error?.message}\n`);
		}
	});
}

export function connectOver(context: TLSContext): void {
	const tls = new TLS(context);
	const tcp = new TCP({
		address: "192.0.2.1",
		port: 443,
		onWritable() {
			tls.connect(this, "example.com");
			tls.connect(tcp);
		}
	});
	tls.accept(tcp);
}

export function acceptFrom(tls: TLS): Listener {
	return new Listener({
		port: 443,
		onReadable() {
			const tcp = this.read();
			if (tcp !== undefined) tls.accept(tcp);
		}
	});
}

/** A socket of one's own, of the pattern. */
export function connectOwn(tls: TLS, socket: Socket): void {
	tls.connect(socket);
}

/** Whichever certificate it is: its end is shown, and it can be renewed. */
export function show(server: Server, identity: ACMEIdentity | DeviceIdentity): void {
	server.use("/status", dashboard(server, { auth: () => undefined, identity }));
}
