// Between a device and Pebble: what Pebble does not have, renewal information (RFC 9773) and rate limits, and answers that go wrong.

import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { closers } from "../client/peers";
import { root } from "../paths";

export interface Said {
	readonly status: number;
	readonly headers?: Record<string, string>;
	readonly body: string;
}

export interface CAProxy {
	directory: string;
	/** Paths that were asked for, in order. */
	readonly asked: string[];
	/** What was sent there. */
	readonly contents: [path: string, content: string][];
	/** What is said in Pebble's place; `undefined` for what it says itself. */
	answer: (path: string) => Said | undefined | Promise<Said | undefined>;
}

/** URLs are those of the proxy, since Pebble makes them of the field Host. */
export async function proxyTo(port: number): Promise<CAProxy> {
	const identity = (ending: string) => readFileSync(join(root, `build/interop/p256${ending}`));
	const proxy: CAProxy = { directory: "", asked: [], contents: [], answer: () => undefined };
	const server = createServer({ cert: identity(".pem"), key: identity(".key.pem") }, (asked, response) => {
		const path = asked.url as string;
		proxy.asked.push(path);
		const pieces: Buffer[] = [];
		asked.on("data", piece => pieces.push(piece));
		asked.on("end", async () => {
			proxy.contents.push([path, Buffer.concat(pieces).toString()]);
			const said = await proxy.answer(path);
			if (said !== undefined) {
				response.writeHead(said.status, said.headers).end(said.body);
				return;
			}
			forward(port, asked, Buffer.concat(pieces), (answer, body) => {
				const { "content-length": _, "transfer-encoding": __, ...headers } = answer.headers;
				response.writeHead(answer.statusCode ?? 500, headers);
				response.end(path === "/dir" ? withRenewalInfo(body, asked.headers.host as string) : body);
			});
		});
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	closers.add(() => {
		server.closeAllConnections();
		server.close();
	});
	proxy.directory = `https://localhost:${(server.address() as AddressInfo).port}/dir`;
	return proxy;
}

function forward(
	port: number,
	{ method, url, headers }: IncomingMessage,
	content: Buffer,
	done: (answer: IncomingMessage, body: Buffer) => void
): void {
	request({ port, method, path: url, headers, rejectUnauthorized: false }, answer => {
		const pieces: Buffer[] = [];
		answer.on("data", piece => pieces.push(piece));
		answer.on("end", () => done(answer, Buffer.concat(pieces)));
	}).end(content);
}

function withRenewalInfo(directory: Buffer, host: string): string {
	return JSON.stringify({ ...JSON.parse(directory.toString()), renewalInfo: `https://${host}/renewal-info` });
}
