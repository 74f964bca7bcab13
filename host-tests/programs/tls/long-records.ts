// A listener in a device's memory, of which the application leaves little: who reads whatever has come, in one way or another. How much it was told
// of at a time, and whether the bytes are those of the test.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import { memory } from "desk";
import config from "mc/config";
import Timer from "timer";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";
import TLS from "tls/tls";

const secure = new TLSContext({ cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") });
const wanted = Number(config.bytes);
let told = 0;
let most = 0;
let isRight = true;

/** The n-th byte of the test is n modulo 251. */
function take(bytes: Uint8Array): void {
	const last = bytes.length - 1;
	if (bytes[0] !== told % 251 || bytes[last] !== (told + last) % 251) isRight = false;
	told += bytes.length;
	if (told === wanted) trace(`read ${told}, ${most} at most, right ${isRight}\n`);
}
const takeBuffer = (bytes: ArrayBuffer | undefined): void => {
	if (bytes !== undefined) take(new Uint8Array(bytes));
};

const readers: Record<string, (socket: TLSSocket, count: number) => void> = {
	all: socket => takeBuffer(socket.read() as ArrayBuffer),
	counted: (socket, count) => takeBuffer(socket.read(count) as ArrayBuffer),
	parts(socket, count) {
		takeBuffer(socket.read(1) as ArrayBuffer);
		for (let left = count - 1; left > 0; left -= 700) takeBuffer(socket.read(Math.min(left, 700)) as ArrayBuffer);
	},
	into(socket, count) {
		const bytes = new Uint8Array(count);
		socket.read(bytes);
		take(bytes);
	},
	later: (socket, count) => void Timer.set(() => takeBuffer(socket.read(count) as ArrayBuffer), 1),
	handed(from, count) {
		takeBuffer(from.read(count) as ArrayBuffer);
		accept(from);
	}
};

function accept(from: TLSSocket): void {
	new TLSSocket({
		from,
		onReadable(count) {
			most = Math.max(most, count);
			readers[String(config.reader)]?.(this, count);
		},
		onError() {
			this.close();
		}
	});
}

function listen(): TLSListener {
	return new TLSListener({
		port: 0,
		address: "127.0.0.1",
		secure,
		onReadable() {
			accept(this.read() as TLSSocket);
		}
	});
}

/** The same by net.TLS. */
function listenPlainly(): { readonly port: number } {
	return new Listener({
		port: 0,
		onReadable() {
			const tls = new TLS(secure);
			tls.onReadable = count => {
				most = Math.max(most, count);
				takeBuffer(tls.recv());
			};
			tls.accept((this as unknown as { read(): object }).read() as never);
		}
	}) as never;
}

const listener = config.reader === "received" ? listenPlainly() : listen();
const { free = 0 } = memory().device?.block ?? {};
export const own: ArrayBuffer = new ArrayBuffer(free - Number(config.left));
trace(`listening on ${listener.port}\n`);
