import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { defaultLimits } from "httpsd/limits";
import ChunkedDecoder from "httpsd/message/chunked-decoder";
import RequestHeadReader from "httpsd/message/request-head";
import { changed, changes, cut, cuts, latin1Text, outcome } from "../fuzz";
import { bytes, latin1 } from "../harness";
import { endless } from "../room";
import { goodChunks, refusedChunks } from "./chunk-vectors";
import { goodHeads, refusedHeads } from "./head-vectors";

const headStatuses = [400, 413, 414, 417, 431, 501, 505];
const chunkStatuses = [400, 413, 431];

function readHead(pieces: readonly string[]) {
	const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
	for (const [index, piece] of pieces.entries()) {
		const head = reader.push(bytes(piece));
		if (head === undefined) continue;
		const rest = latin1(reader.rest ?? new ArrayBuffer(0)) + pieces.slice(index + 1).join("");
		return { head, headers: [...head.headers], rest };
	}
	return undefined;
}

function readChunks(pieces: readonly string[]) {
	const decoder = new ChunkedDecoder(defaultLimits, endless);
	const content: ArrayBuffer[] = [];
	let used = 0;
	for (const piece of pieces) if (!decoder.done) used += decoder.push(bytes(piece), content);
	const trailers = decoder.trailers && [...decoder.trailers];
	return { used, content: content.map(latin1).join(""), done: decoder.done, trailers };
}

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const target = fc.stringMatching(/^\/[a-z0-9._~!$&'()*+,;=:@/-]{0,30}(\?[a-z0-9?/&=%]{0,20})?$/);
const value = fc.stringMatching(/^([!-~]([ -~\t]{0,20}[!-~])?)?$/);

describe("Z8 fuzz of framing", () => {
	test("a head that is written is read back, at any split, with what comes behind it", () => {
		const fields = fc.array(
			fc.tuple(
				token.map(name => `X-${name}`),
				value
			),
			{ maxLength: 10 }
		);
		fc.assert(
			fc.property(token, target, fields, latin1Text(20), cuts, (name, path, pairs, behind, places) => {
				fc.pre(name !== "CONNECT");
				const lines = [["Host", "a"], ...pairs].map(([key, text]) => `${key}: ${text}\r\n`).join("");
				const head = readHead(cut(`${name} ${path} HTTP/1.1\r\n${lines}\r\n${behind}`, places));
				expect(head?.head).toMatchObject({ method: name, target: path, minor: 1 });
				expect(head?.headers).toEqual([["host", "a"], ...pairs.map(([key, text]) => [key.toLowerCase(), text])]);
				expect(head?.rest).toBe(behind);
			})
		);
	});

	test("a changed head is read or refused alike at any split, and never fails otherwise", () => {
		const heads = fc.constantFrom(...goodHeads.map(([, head]) => head), ...refusedHeads.map(([, , head]) => head));
		fc.assert(
			fc.property(heads, changes, cuts, (head, list, places) => {
				const text = changed(head, list);
				const whole = outcome(headStatuses, () => readHead([text]));
				expect(outcome(headStatuses, () => readHead(cut(text, places)))).toEqual(whole);
			})
		);
	});

	test("chunks that are written are read back, at any split, to the byte", () => {
		const chunk = fc.tuple(latin1Text(40), fc.constantFrom("", ";a", ' ;a="b c"', "\t;"));
		fc.assert(
			fc.property(fc.array(chunk, { maxLength: 6 }), latin1Text(20), cuts, (chunks, behind, places) => {
				const full = chunks.filter(([content]) => content !== "");
				const lines = full.map(
					([content, extension]) => `${content.length.toString(16)}${extension}\r\n${content}\r\n`
				);
				const body = `${lines.join("")}0\r\n\r\n`;
				const read = readChunks(cut(body + behind, places));
				const content = full.map(each => each[0]).join("");
				expect(read).toEqual({ used: body.length, content, done: true, trailers: undefined });
			})
		);
	});

	test("changed chunks are read or refused alike at any split, and never fail otherwise", () => {
		const bodies = fc.constantFrom(...[...goodChunks, ...refusedChunks].map(([, body]) => body));
		fc.assert(
			fc.property(bodies, changes, cuts, (body, list, places) => {
				const text = changed(body, list);
				const whole = outcome(chunkStatuses, () => readChunks([text]));
				expect(outcome(chunkStatuses, () => readChunks(cut(text, places)))).toEqual(whole);
			})
		);
	});
});
