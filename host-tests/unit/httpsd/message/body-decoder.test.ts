import { describe, expect, test } from "@jest/globals";
import HttpError from "httpsd/http-error";
import { defaultLimits } from "httpsd/limits";
import ChunkedDecoder from "httpsd/message/chunked-decoder";
import LengthDecoder from "httpsd/message/length-decoder";
import { bytes, latin1 } from "../harness";
import { endless } from "../room";
import { goodChunks, refusedChunks } from "./chunk-vectors";

function feed(decoder: ChunkedDecoder | LengthDecoder, pieces: readonly string[]): { content: string; used: number } {
	const content: ArrayBuffer[] = [];
	let used = 0;
	for (const piece of pieces) used += decoder.push(bytes(piece), content);
	return { content: content.map(latin1).join(""), used };
}

function statusOf(pieces: readonly string[], limits = {}): number {
	try {
		const decoder = new ChunkedDecoder({ ...defaultLimits, ...limits }, endless);
		feed(decoder, pieces);
		return decoder.done ? 200 : 0;
	} catch (error) {
		if (!(error instanceof HttpError)) throw error;
		return error.status;
	}
}

describe("body decoder", () => {
	test.each(goodChunks)(
		"B11 lets in chunks: %s, at every split, and stops at the end",
		(...[, body, content, trailer]) => {
			const text = `${body}GET / HTTP/1.1\r\n`;
			for (let at = 0; at <= text.length; at++)
				for (const pieces of [[text.slice(0, at), text.slice(at)], [...text]]) {
					const decoder = new ChunkedDecoder(defaultLimits, endless);
					expect(feed(decoder, pieces)).toEqual({ content, used: body.length });
					expect(decoder.done).toBe(true);
					expect(decoder.trailers?.get("X-Sum")).toBe(typeof trailer === "string" ? trailer : undefined);
				}
		}
	);

	test.each(refusedChunks)("Z8 refuses chunks: %s, at every split", (_, body) => {
		for (let at = 0; at <= body.length; at++) expect(statusOf([body.slice(0, at), body.slice(at)])).toBe(400);
		expect(statusOf([...body])).toBe(400);
	});

	test("limits hold at n and not at n + 1", () => {
		const cases: [limits: object, status: number, make: (n: number) => string][] = [
			[{ maxBody: 40 }, 413, n => `${(n - 1).toString(16)}\r\n${"a".repeat(n - 1)}\r\n1\r\na\r\n0\r\n\r\n`],
			[{ maxChunkLine: 40 }, 400, n => `0;${"a".repeat(n - 2)}\r\n\r\n`],
			[{ maxTrailerBytes: 40 }, 431, n => `0\r\nX: a\r\nY: ${"a".repeat(n - 11)}\r\n\r\n`],
			[{ maxHeaderCount: 40 }, 431, n => `0\r\n${"X: a\r\n".repeat(n)}\r\n`]
		];
		for (const [limits, status, make] of cases)
			for (const n of [39, 40, 41])
				for (const pieces of [[make(n)], [...make(n)]])
					expect([n, statusOf(pieces, limits)]).toEqual([n, n <= 40 ? 200 : status]);
	});

	test("a length is taken exactly", () => {
		const decoder = new LengthDecoder(5);
		expect([decoder.remaining, decoder.done]).toEqual([5, false]);
		expect(feed(decoder, ["ab", "", "cdefg", "h"])).toEqual({ content: "abcde", used: 5 });
		expect([decoder.remaining, decoder.done]).toEqual([0, true]);
	});
});
