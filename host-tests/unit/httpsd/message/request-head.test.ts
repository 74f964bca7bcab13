import { describe, expect, test } from "@jest/globals";
import HttpError from "httpsd/http-error";
import { defaultLimits } from "httpsd/limits";
import type { RequestHead } from "httpsd/message/kept-head";
import RequestHeadReader from "httpsd/message/request-head";
import { bytes, latin1 } from "../harness";
import { endless } from "../room";
import { goodHeads, refusedHeads } from "./head-vectors";

function feed(pieces: readonly string[], limits = {}): { head: RequestHead | undefined; rest: string } {
	const reader = new RequestHeadReader({ limits: { ...defaultLimits, ...limits }, account: endless });
	for (const [index, piece] of pieces.entries()) {
		const head = reader.push(bytes(piece));
		const rest = reader.rest === undefined ? "" : latin1(reader.rest);
		if (head !== undefined) return { head, rest: rest + pieces.slice(index + 1).join("") };
	}
	return { head: undefined, rest: "" };
}

function statusOf(pieces: readonly string[], limits = {}): number {
	try {
		return feed(pieces, limits).head === undefined ? 0 : 200;
	} catch (error) {
		if (!(error instanceof HttpError)) throw error;
		return error.status;
	}
}

function plain({ head, rest }: ReturnType<typeof feed>): unknown {
	return { rest, head, headers: [...(head?.headers ?? [])] };
}

describe("request head", () => {
	test.each(goodHeads)("lets in: %s, at every split, with and without a body behind", (_, head) => {
		for (const behind of ["", "body", "\xff\0binary", "GET / HTTP/1.1\r\nHost: b\r\n\r\n"]) {
			const text = head + behind;
			const whole = plain(feed([text]));
			expect(whole).toMatchObject({ rest: behind, head: { target: expect.any(String) } });
			for (let at = 1; at < text.length; at++) expect(plain(feed([text.slice(0, at), text.slice(at)]))).toEqual(whole);
			expect(plain(feed([...text]))).toEqual(whole);
		}
	});

	test.each(refusedHeads)("Z8 refuses: %s with %i, at every split", (_, status, head) => {
		expect(statusOf([head])).toBe(status);
		expect(statusOf([`${head}\xff`])).toBe(status);
		for (let at = 1; at < head.length; at++) expect(statusOf([head.slice(0, at), head.slice(at)])).toBe(status);
		expect(statusOf([...head])).toBe(status);
	});

	test("path, query, host and body", () => {
		const line = (text: string) => feed([text]).head;
		expect(line("GET http://b:80/c?d?e HTTP/1.1\r\nHost: a\r\n\r\n")).toMatchObject({
			path: "/c",
			search: "d?e",
			host: "b:80",
			contentLength: 0,
			keepAlive: true
		});
		expect(line("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n")?.path).toBe("*");
		const post = line("POST / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\nTransfer-Encoding: chunked\r\n\r\n");
		expect(post).toMatchObject({ contentLength: undefined, keepAlive: false, host: "a" });
	});

	test("a Kelvin sign in Connection hides no Close", () => {
		const kept = (value: string) => feed([`GET / HTTP/1.1\r\nHost: a\r\nConnection: ${value}\r\n\r\n`]).head?.keepAlive;
		expect(["\xe2\x84\xaa, Close", "Close, \xe2\x84\xaa", "Clo\xe2\x84\xaase"].map(kept)).toEqual([false, false, true]);
	});

	const around = (n: number) => [n - 1, n, n + 1] as const;
	const splits = (text: string) => [[text], [...text], [text.slice(0, -1), text.slice(-1)], [`${text}\xff`]];

	test("limits hold at n and not at n + 1, whole or in pieces", () => {
		const cases: [limits: object, status: number, make: (n: number) => string][] = [
			[{ maxRequestLine: 40 }, 414, n => `GET /${"a".repeat(n - 14)} HTTP/1.0\r\n\r\n`],
			[{ maxHeadBytes: 40 }, 431, n => `GET / HTTP/1.0\r\nX: ${"a".repeat(n - 13)}\r\nY: abc\r\n\r\n`],
			[{ maxHeaderCount: 40 }, 431, n => `GET / HTTP/1.0\r\n${"X: a\r\n".repeat(n)}\r\n`],
			[{ maxEmptyLines: 40 }, 400, n => `${"\r\n".repeat(n)}GET / HTTP/1.0\r\n\r\n`]
		];
		for (const [limits, status, make] of cases)
			for (const n of around(40))
				for (const pieces of splits(make(n)))
					expect([n, statusOf(pieces, limits)]).toEqual([n, n <= 40 ? 200 : status]);
	});

	test("a line without end is refused before its end", () => {
		expect(statusOf(["a".repeat(41)], { maxRequestLine: 40 })).toBe(0);
		expect(statusOf(["a".repeat(42)], { maxRequestLine: 40 })).toBe(414);
		expect(statusOf([`GET / HTTP/1.1\r\n${"a".repeat(41)}`], { maxHeadBytes: 40 })).toBe(0);
		expect(statusOf([`GET / HTTP/1.1\r\n${"a".repeat(42)}`], { maxHeadBytes: 40 })).toBe(431);
	});
});
