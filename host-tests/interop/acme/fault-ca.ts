// A CA that is made up, to force faults on the wire that no real one has. What it answers is raw bytes over TLS.

import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { closers } from "../client/peers";
import { root } from "../paths";

/** Answers a request for a path. */
export type Fault = (path: string, socket: TLSSocket, base: string) => void;

export interface FaultCA {
	readonly directory: string;
	/** Paths that were asked for, in order. */
	readonly asked: string[];
}

/** An answer with status 200. */
export function say(socket: TLSSocket, content: string, fields = ""): void {
	socket.write(`HTTP/1.1 200 OK\r\n${fields}Content-Length: ${content.length}\r\n\r\n${content}`);
}

/** Writes a piece again and again, for as long as the other side takes it. */
export function sayForEver(socket: TLSSocket, makePiece: (count: number) => string): void {
	let count = 0;
	const more = () => {
		while (!socket.destroyed && socket.write(makePiece(count++)));
	};
	socket.on("drain", more);
	more();
}

/** The directory, as it should be. */
export function sayDirectory(socket: TLSSocket, base: string): void {
	const names = ["newNonce", "newAccount", "newOrder", "revokeCert"];
	say(socket, JSON.stringify(Object.fromEntries(names.map(name => [name, `${base}/${name}`]))));
}

export async function startFaultCA(fault: Fault): Promise<FaultCA> {
	const identity = (ending: string) => readFileSync(join(root, `build/interop/p256${ending}`));
	const asked: string[] = [];
	let base = "";
	const server = createServer({ cert: identity(".pem"), key: identity(".key.pem") }, socket => {
		let text = "";
		socket.on("error", () => {});
		socket.on("data", piece => {
			text += piece.toString("latin1");
			const end = text.indexOf("\r\n\r\n");
			const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
			if (end < 0 || text.length < end + 4 + length) return;
			const path = text.split(" ")[1] as string;
			text = "";
			asked.push(path);
			fault(path, socket, base);
		});
		closers.add(() => socket.destroy());
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	closers.add(() => server.close());
	base = `https://localhost:${(server.address() as AddressInfo).port}`;
	return { directory: `${base}/dir`, asked };
}
