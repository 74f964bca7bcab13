// Clients that misbehave on purpose, on plain TCP.

import { connect, type Socket } from "node:net";

export interface Ending {
	/** All that the server sent. */
	readonly bytes: Buffer;
	/** The connection was reset rather than closed. */
	readonly reset: boolean;
}

/** Connects, and resolves once connected. */
export function open(port: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, "127.0.0.1", () => resolve(socket));
		socket.on("error", reject);
	});
}

/** What the server says to `socket` until the connection ends. */
export function untilEnd(socket: Socket): Promise<Ending> {
	const chunks: Buffer[] = [];
	let reset = false;
	socket.on("data", chunk => chunks.push(chunk as Buffer));
	socket.on("error", () => {
		reset = true;
	});
	return new Promise(resolve => {
		socket.on("close", () => resolve({ bytes: Buffer.concat(chunks), reset }));
	});
}

/** Sends `data` and waits for the end. */
export async function exchange(port: number, data: Buffer): Promise<Ending> {
	const socket = await open(port);
	const ending = untilEnd(socket);
	socket.write(data);
	return ending;
}

/** A fatal alert in the clear: type 21, version 3.x, length 2, level 2. */
export function alertIn(bytes: Buffer): number | undefined {
	const isAlert = bytes.length === 7 && bytes[0] === 21 && bytes[5] === 2;
	return isAlert ? bytes[6] : undefined;
}

/** What a real client says first, recorded from openssl: a whole ClientHello record. */
export async function recordClientHello(): Promise<Buffer> {
	const { createServer } = await import("node:net");
	const { connect: connectTLS } = await import("node:tls");
	return new Promise(resolve => {
		const recorder = createServer(socket => {
			socket.once("data", data => {
				socket.destroy();
				recorder.close();
				resolve(data);
			});
		}).listen(0, "127.0.0.1", () => {
			const { port } = recorder.address() as { port: number };
			connectTLS({ port, host: "127.0.0.1", servername: "localhost" }).on("error", () => {});
		});
	});
}

/** The same ClientHello in one record, made `length` bytes long by an extension that nobody knows. */
export function lengthen(hello: Buffer, length: number): Buffer {
	const record = 5;
	const extension = Buffer.alloc(record + length - hello.length);
	extension.writeUInt16BE(0xfafa, 0);
	extension.writeUInt16BE(extension.length - 4, 2);
	const long = Buffer.concat([hello, extension]);
	const message = record + 4;
	const sessionId = message + 2 + 32;
	const ciphers = sessionId + 1 + long.readUInt8(sessionId);
	const compression = ciphers + 2 + long.readUInt16BE(ciphers);
	const extensions = compression + 1 + long.readUInt8(compression);
	long.writeUInt16BE(long.length - record, 3);
	long.writeUIntBE(long.length - message, record + 1, 3);
	long.writeUInt16BE(long.length - extensions - 2, extensions);
	return long;
}
