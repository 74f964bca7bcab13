// One end of a connection for the tests of closing, server or client (`config.port`). It reads to the end, or with
// `config.fills` it writes until nobody takes anything any more, and closes over that.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import Time from "time";
import Timer from "timer";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";

const QUIET = Number(config.quiet ?? 300); // milliseconds
let count = 0;
let closedAt = 0;
let timer: Timer | undefined;

function closeWhenQuiet(socket: TLSSocket): void {
	if (timer !== undefined) Timer.clear(timer);
	timer = Timer.set(() => {
		closedAt = Time.ticks;
		socket.close();
		trace(`closed after ${count}\n`);
	}, QUIET);
}

const callbacks = {
	onWritable(this: TLSSocket, room: number): void {
		if (config.fills !== true) return;
		while (room > 0) {
			const size = Math.min(room, 16_384);
			room = this.write(new Uint8Array(size).fill(0x78));
			count += size;
		}
		closeWhenQuiet(this);
	},
	onReadable(this: TLSSocket): void {
		const { byteLength } = this.read() as ArrayBuffer;
		if (config.fills !== true) count += byteLength;
	},
	onClose(this: TLSSocket, unsent: number): void {
		trace(`unsent ${unsent} after ${Time.delta(closedAt)} ms\n`);
	},
	onError(this: TLSSocket, error?: unknown): void {
		trace(error ? `error ${(error as { code: string }).code} after ${count}\n` : `ended after ${count}\n`);
		this.close();
		listener?.close();
	}
};

function serve(): TLSListener {
	const server = new TLSListener({
		port: 0,
		address: "127.0.0.1",
		secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") },
		onReadable() {
			const from = server.read();
			if (from !== undefined) new TLSSocket({ from, ...callbacks });
			if (config.fills === true) server.close();
		}
	});
	trace(`listening on ${server.port}\n`);
	return server;
}

const listener = config.port === undefined ? serve() : undefined;
if (listener === undefined) {
	new TLSSocket({
		host: "localhost",
		address: "127.0.0.1",
		port: Number(config.port),
		TCP: { io: TCP as never },
		secure: { ca: new Resource("ca.pem") },
		...callbacks
	});
}
