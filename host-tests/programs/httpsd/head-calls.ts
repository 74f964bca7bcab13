// Request heads that are read in C beside the same heads read in TypeScript, as those are that come in two pieces: all of
// the vectors, and heads that are changed at random. What differs is told.

import HttpError from "httpsd/http-error";
import { defaultLimits } from "httpsd/limits";
import type { RequestHead } from "httpsd/message/kept-head";
import RequestHeadReader from "httpsd/message/request-head";
import { latin1Text } from "text/latin1";
import { goodHeads, refusedHeads } from "../../unit/httpsd/message/head-vectors";
import { badHosts, goodHosts } from "../../unit/httpsd/message/host-vectors";

const account = {
	reserve: 1e6,
	most: Number.POSITIVE_INFINITY,
	take: () => true,
	takeNow: () => true,
	force: () => {},
	isThere: () => true
};
const limits = { ...defaultLimits, maxRequestLine: 60, maxHeadBytes: 200, maxHeaderCount: 12, maxKeptHead: 160 };
const asked = ["host", "Content-Length", "cookie", "X-A", "accept", "\u212aelvin"];

let inC = 0;
let refused = 0;

function bytesOf(text: string): ArrayBuffer {
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
	return bytes.buffer;
}

function tell(head: RequestHead | undefined, rest: ArrayBuffer | undefined): unknown {
	if (head === undefined) return "more";
	const { method, target, path, search, minor, host, contentLength, keepAlive, expectContinue = false } = head;
	const fields = asked.map(name => [head.headers.get(name) ?? null, head.headers.has(name)]);
	const all = [
		[...head.headers],
		String(head.headers),
		head.headers.size,
		asked.map(name => head.headers.getAll(name))
	];
	const framing = [host, contentLength ?? "chunked", keepAlive, expectContinue, Object.isFrozen(head.headers)];
	return [method, target, path, search, minor, framing, fields, all, rest === undefined ? "" : latin1Text(rest)];
}

/** What comes of it after another head; twice, for the second may be the one that is kept. */
function outcome(pieces: readonly string[]): string {
	const reader = new RequestHeadReader({ limits, account });
	const told: unknown[] = [];
	try {
		reader.push(bytesOf("GET /before HTTP/1.1\r\nHost: before\r\nX-A: b\r\n\r\n"));
		for (let time = 0; time < 2; time++) {
			let head: RequestHead | undefined;
			for (const piece of pieces) head = reader.push(bytesOf(piece));
			if (head !== undefined && "bytes" in head) inC++;
			told.push(tell(head, reader.rest));
			if (head === undefined) break;
		}
	} catch (error) {
		if (!(error instanceof HttpError)) throw error;
		// Of several reasons it may be another.
		refused++;
		told.push("refused");
	}
	return JSON.stringify(told);
}

function compare(text: string): void {
	const whole = outcome([text]);
	const parts = outcome([text.slice(0, 1), text.slice(1)]);
	if (whole !== parts) trace(`differs: ${JSON.stringify(text)}\n${whole}\n${parts}\n`);
}

const heads: string[] = [...goodHeads.map(([, head]) => head), ...refusedHeads.map(([, , head]) => head)];
for (const host of [...goodHosts, ...badHosts]) heads.push(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
for (const head of heads) for (const behind of ["", "body", "\xff\0", "GET / HTTP/1.1\r\n"]) compare(head + behind);
trace(`vectors: ${heads.length}, read in C: ${inC}, refused: ${refused}\n`);

let state = 17;
function random(below: number): number {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return Math.floor((state / 2 ** 32) * below);
}
const pick = (list: readonly string[]): string => list[random(list.length)] as string;

const lines = [
	"Host: a",
	"host:b:80",
	"Connection: close",
	"Connection:keep-alive ",
	"CONTENT-LENGTH: 12",
	"Accept: */*"
];
lines.push("Cookie: a=b", "cookie: c=d", "X-A:", "X-A:\t b\tc ", "Expect: 100-continue", "Transfer-Encoding: chunked");
const targets = ["/", "/a?b=%4", "/%41/b", "/%4", "/%00", "*", "http://c/d", "/a#b", "a", `/${"x".repeat(60)}`];
const put = [
	"\r\n",
	"\n",
	"\r",
	"\0",
	" ",
	"\t",
	":",
	"0",
	"%",
	"\x7f",
	"\xff",
	"\xc3\xa9",
	"?",
	"Host: c\r\n",
	"-",
	"\v"
];

function randomHead(): string {
	const target = pick(random(2) > 0 ? targets.slice(0, 3) : targets);
	let text = `${pick(["GET", "GET", "POST", "get", "CONNECT"])} ${target} HTTP/1.${"11110012"[random(8)]}\r\n`;
	const usual = random(3) > 0;
	if (usual) text += "Host: a\r\n";
	for (let count = random(4); count > 0; count--) text += `${pick(usual ? lines.slice(random(3) + 2, 10) : lines)}\r\n`;
	text += "\r\n";
	for (let changes = random(6) - 3; changes > 0; changes--) {
		const at = random(text.length);
		text = text.slice(0, at) + (random(4) > 0 ? pick(put) : "") + text.slice(at + random(3));
	}
	return text;
}

inC = refused = 0;
const count = 1500;
for (let at = 0; at < count; at++) compare(randomHead());
trace(`random: ${count}, read in C: ${inC}, refused: ${refused}\n`);
