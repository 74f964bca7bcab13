// The HTTP client of the desk, or the SDK's, asked for all that its contract has. Prints what came of each request.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import config from "mc/config";
import TLSSocket from "tls/socket";

const text = (bytes: ArrayBuffer) => String.fromArrayBuffer(bytes);
const bytes = (length: number) => new Uint8Array(length).fill(97);
const ofLength = (length: number) => new Map([["content-length", String(length)]]);

let waiting = 0;
const client = new HTTPClient({
	host: "localhost",
	port: Number(config.port),
	dns: { io: Resolver },
	socket: { io: TLSSocket, TCP: { io: TCP }, secure: { ca: new Resource("ca.pem") } },
	onError: () => trace("error of the client\n")
});

interface Asked {
	method?: string;
	path: string;
	headers?: Map<string, string>;
	/** What is sent, in pieces of what there is room for; as chunks of 1,000 bytes where there is no length. */
	left?: number;
	/** How much is read at once. */
	piece?: number;
}

function ask({ left = 0, piece, ...asked }: Asked): void {
	let unsent = left;
	let length = 0;
	let start = "";
	let head = "";
	const isChunked = asked.headers?.has("transfer-encoding") ?? false;
	waiting++;
	client.request({
		...asked,
		onHeaders(status, headers) {
			head = `${status} ${headers.get("x-kind") ?? ""} ${headers.get("content-type") ?? ""}`;
		},
		onReadable(count) {
			for (let rest = count; rest > 0; ) {
				const read = this.read(Math.min(rest, piece ?? rest)) as ArrayBuffer;
				rest -= read.byteLength;
				length += read.byteLength;
				if (start.length < 20) start += text(read);
			}
		},
		onWritable(count) {
			const size = Math.min(count, unsent, isChunked ? 1000 : count);
			if (size > 0) this.write(bytes(size).buffer);
			else if (isChunked) this.write(undefined);
			unsent -= size;
		},
		onDone(error) {
			trace(`${asked.method ?? "GET"} ${asked.path}: ${error ? "failed" : head} ${length} ${start.slice(0, 20)}\n`);
			if (--waiting === 0) client.close();
		}
	});
}

ask({ path: "/plain" });
ask({ path: "/chunks", piece: 7 });
ask({ path: "/big" });
ask({ path: "/none" });
ask({ method: "POST", path: "/echo", headers: ofLength(30_000), left: 30_000 });
// The SDK's (8.2.3) sends the end of such content from its third byte on.
if (config.chunked !== undefined)
	ask({ method: "PUT", path: "/echo", headers: new Map([["transfer-encoding", "chunked"]]), left: 3_500 });
ask({ path: "/cut" });
ask({ path: "/never" });
