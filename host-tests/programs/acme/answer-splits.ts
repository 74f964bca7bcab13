// Answers of a CA in two pieces, cut at each byte, and byte by byte, through the HTTP client and what guards it. Prints what
// came of each answer, which has to be the same however it is cut.

import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import type { Answer } from "acme/protocol/steps";
import type GuardedSocket from "acme/transport/guarded-socket";
import Requester from "acme/transport/requester";
import type { Target } from "acme/transport/url";
import TLSContext from "tls/context";
import type { Socket } from "../../../modules/io";

const most = 3000;
const status = "HTTP/1.1 200 OK\r\n";
const plain = (content: string) => `content-length: ${content.length}\r\n\r\n${content}`;
const chunks = (...parts: string[]) =>
	`transfer-encoding: chunked\r\n\r\n${parts.map(part => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}`;

const answers: Record<string, string> = {
	length: `${status}Replay-Nonce: n1\r\n${plain("content")}`,
	empty: `${status}${plain("")}`,
	"no content": "HTTP/1.1 204 No Content\r\nReplay-Nonce: n2\r\n\r\n",
	chunks: `${status}Replay-Nonce: n3\r\nLocation: https://ca.example/1\r\n${chunks("abc", "d".repeat(20), "e")}0\r\n\r\n`,
	"chunk with extension": `${status}transfer-encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n`,
	"retry after": `HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\n${plain("{}")}`,
	"long content": `${status}${plain("x".repeat(most + 1))}`,
	"long chunks": `${status}${chunks("x".repeat(2000), "y".repeat(2000))}0\r\n\r\n`,
	"long head": `${status}x: ${"y".repeat(5000)}`,
	"long chunk line": `${status}transfer-encoding: chunked\r\n\r\n3${"0".repeat(400)}`,
	"no number": `${status}content-length: many\r\n\r\n`,
	"no chunk": `${status}transfer-encoding: chunked\r\n\r\nxyz\r\n`,
	"chunk without end": `${status}transfer-encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n`,
	trailer: `${status}${chunks("abc")}0\r\nx: y\r\n\r\n`,
	"cut in content": `${status}content-length: 9\r\n\r\nabc`,
	"cut in head": `${status}content-len`
};

/** A socket whose peer is this program. */
class FakeSocket {
	format = "buffer";
	pieces: ArrayBuffer[];
	readonly guarded: GuardedSocket;
	#left = new Uint8Array(0);
	isClosed = false;

	constructor(pieces: ArrayBuffer[], guarded: GuardedSocket) {
		this.pieces = pieces;
		this.guarded = guarded;
		Promise.resolve().then(() => guarded.onWritable(1000));
	}
	read(count: number): ArrayBuffer {
		const bytes = this.#left.slice(0, count);
		this.#left = this.#left.slice(count);
		return bytes.buffer;
	}
	write(bytes: ArrayBuffer): number {
		// The head of a GET ends with an empty line of its own.
		if (bytes.byteLength === 2) Promise.resolve().then(() => this.deliver());
		else if (String.fromArrayBuffer(new Uint8Array(bytes).slice().buffer).endsWith("\r\n\r\n"))
			Promise.resolve().then(() => this.deliver());
		return 1000;
	}
	deliver(): void {
		if (this.isClosed) return;
		const piece = this.pieces.shift();
		if (piece === undefined) {
			this.guarded.onError();
			return;
		}
		this.#left = new Uint8Array(piece);
		this.guarded.onReadable(piece.byteLength);
		Promise.resolve().then(() => this.deliver());
	}
	close(): void {
		this.isClosed = true;
	}
}

class FakeRequester extends Requester {
	pieces: ArrayBuffer[] = [];
	protected override open(_target: Target, _address: string, socket: GuardedSocket): Socket {
		return new FakeSocket(this.pieces, socket) as unknown as Socket;
	}
}

const context = new TLSContext({ rejectUnauthorized: false });

function describe(answer: Answer | undefined, error: Error | undefined): string {
	if (answer === undefined) return (error as { code?: string })?.code ?? String(error);
	const { status, nonce, location, retryAfter, content } = answer;
	return JSON.stringify([status, nonce, location, retryAfter, content.byteLength]);
}

function ask(pieces: ArrayBuffer[]): Promise<string> {
	const requester = new FakeRequester({ io: HTTPClient, dns: { io: Resolver } }, context, () => 0);
	requester.room = { hasRoom: () => true, connected: () => {}, lookAgain: () => {} };
	requester.pieces = pieces;
	return new Promise(resolve => {
		requester.request({ type: "request", method: "GET", url: "https://localhost/", most }, (answer, error) => {
			requester.close();
			resolve(describe(answer, error));
		});
	});
}

function* cuts(bytes: ArrayBuffer): Generator<ArrayBuffer[]> {
	yield [bytes];
	yield Array.from(new Uint8Array(bytes), byte => Uint8Array.of(byte).buffer);
	const step = bytes.byteLength > 1000 ? 97 : 1;
	for (let at = 1; at < bytes.byteLength; at += step) yield [bytes.slice(0, at), bytes.slice(at)];
}

for (const [name, text] of Object.entries(answers)) {
	const seen = new Map<string, number>();
	for (const pieces of cuts(ArrayBuffer.fromString(text))) {
		const outcome = await ask(pieces);
		seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
	}
	trace(`answer ${name}: ${[...seen.keys()].join(" | ")}\n`);
}
