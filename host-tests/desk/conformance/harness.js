// Runs the checks of one file in turn and says how each went: "NAME: ok" or "NAME: not ok, REASON". Who waits for them
// knows by the line that has no end which check hangs.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { exit } from "desk";
import Timer from "timer";

const checks = [];

/** Adds a check: `body` may be asynchronous, and throws when the host is not as it should be. */
export function check(name, body) {
	checks.push({ name, body });
}

export function equal(actual, expected, what) {
	if (!Object.is(actual, expected)) throw new Error(`${what} is ${actual}, not ${expected}`);
}

export function throws(body, errorClass, what) {
	try {
		body();
	} catch (error) {
		if (error instanceof errorClass) return error;
		throw new Error(`${what} throws ${error}, not ${errorClass.name}`);
	}
	throw new Error(`${what} does not throw`);
}

export function sleep(milliseconds) {
	return new Promise(resolve => Timer.set(resolve, milliseconds));
}

/** A promise with its resolve function beside it. */
export function promise() {
	const result = {};
	result.done = new Promise(resolve => {
		result.resolve = resolve;
	});
	return result;
}

export function bytes(text) {
	return ArrayBuffer.fromString(text);
}

/** A listener on 127.0.0.1 that hands its first connection, as it comes out of read(), to `accepted`. */
export function listen(accepted) {
	return new Listener({
		address: "127.0.0.1",
		port: 0,
		onReadable(count) {
			for (; count; count--) {
				const socket = this.read();
				if (socket) accepted.call(this, socket);
			}
		}
	});
}

/** Takes over `from`; resolves `writable` at the first onWritable. */
export function take(from, callbacks = {}) {
	const writable = promise();
	const socket = new TCP({
		...callbacks,
		from,
		onWritable(count) {
			writable.resolve();
			callbacks.onWritable?.call(this, count);
		}
	});
	return { socket, writable: writable.done };
}

/** Two ends of a connection that nobody listens to yet: `client` is open, `server` comes out of a listener's read(). */
export async function connect() {
	const arrived = promise();
	const connected = promise();
	const listener = listen(socket => arrived.resolve(socket));
	const client = new TCP({ address: "127.0.0.1", port: listener.port, onWritable: connected.resolve });
	const server = await arrived.done;
	await connected.done;
	listener.close();
	return { client, server };
}

/** Two ends of a connection with these callbacks, when both may be written to. */
export async function pair(clientCallbacks, serverCallbacks) {
	const raw = await connect();
	const client = take(raw.client, clientCallbacks);
	const server = take(raw.server, serverCallbacks);
	await client.writable;
	await server.writable;
	return { client: client.socket, server: server.socket };
}

/** Runs all checks; the process then ends, with status 1 when one failed. */
export async function run() {
	let failed = 0;
	for (const { name, body } of checks)
		try {
			trace(`${name}: `);
			await body();
			trace("ok\n");
		} catch (error) {
			failed++;
			trace(`not ok, ${error.stack ?? error}\n`);
		}
	trace(`${checks.length - failed} of ${checks.length} checks passed\n`);
	exit(failed ? 1 : 0);
}
