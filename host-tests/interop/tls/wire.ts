// Looks at a connection from between its ends.

import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll } from "@jest/globals";

const APPLICATION_DATA = 23;
const HEADER = 5;

export interface Tap {
	/** To connect to instead. */
	readonly port: number;
	/**
	 * Lengths of the records of application data to the server, encryption included. Over TLS 1.3 encrypted handshake
	 * messages are among them.
	 */
	readonly up: number[];
	/** And from it. */
	readonly down: number[];
}

const closers = new Set<() => void>();
afterAll(() => {
	for (const close of closers) close();
});

function watch(socket: Socket, lengths: number[]): void {
	let rest = Buffer.alloc(0);
	socket.on("data", chunk => {
		rest = Buffer.concat([rest, chunk as Buffer]);
		while (rest.length >= HEADER && rest.length >= HEADER + rest.readUInt16BE(3)) {
			const length = rest.readUInt16BE(3);
			if (rest[0] === APPLICATION_DATA) lengths.push(length);
			rest = rest.subarray(HEADER + length);
		}
	});
}

/** Stands before the server on `port`. */
export async function tap(port: number): Promise<Tap> {
	const [up, down]: [number[], number[]] = [[], []];
	const proxy = createServer(client => {
		const server = connect(port, "127.0.0.1");
		watch(client, up);
		watch(server, down);
		client.on("error", () => {}).pipe(server);
		server.on("error", () => {}).pipe(client);
	}).listen(0, "127.0.0.1");
	closers.add(() => proxy.close());
	await new Promise(resolve => proxy.once("listening", resolve));
	return { port: (proxy.address() as AddressInfo).port, up, down };
}
