// Of a head that is like the last one of its connection only what is new is parsed; what comes out must not show it.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { defaultLimits } from "httpsd/limits";
import type { RequestHead } from "httpsd/message/kept-head";
import RequestHeadReader from "httpsd/message/request-head";
import { bytes } from "../harness";
import "../fuzz";
import { endless } from "../room";

const lines = [
	"Host: a",
	"Host: b",
	"Accept: */*",
	"accept:*/*",
	"X: 1",
	"X: 2 ",
	"Content-Length: 3",
	"Bad Name: x",
	"X: \x01"
];
const targets = ["GET /", "GET /a?b", "POST /"];
const head = fc
	.tuple(fc.constantFrom(...targets), fc.array(fc.constantFrom(...lines), { maxLength: 5 }))
	.map(([target, fields]) => [`${target} HTTP/1.1`, ...fields, "", ""].join("\r\n"));

/** What a reader makes of a head, or what it refuses it with. */
function outcome(reader: RequestHeadReader, text: string): unknown {
	try {
		const head = reader.push(bytes(text)) as RequestHead;
		return { head, headers: [...head.headers] };
	} catch (error) {
		return (error as Error).message;
	}
}

test("B11 a head is what it would be on a new connection, whatever came before it", () => {
	fc.assert(
		fc.property(fc.array(head, { minLength: 2, maxLength: 6 }), heads => {
			const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
			for (const text of heads)
				expect(outcome(reader, text)).toEqual(
					outcome(new RequestHeadReader({ limits: defaultLimits, account: endless }), text)
				);
		})
	);
});

test("a head behind empty lines, or with another behind it, is not mistaken for one that was the same", () => {
	const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
	const text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
	const first = reader.push(bytes(text));
	expect([reader.push(bytes(`\r\n${text}`)), reader.rest]).toEqual([first, undefined]);
	expect([reader.push(bytes(`${text}GET`)), reader.rest?.byteLength]).toEqual([first, 3]);
	expect(reader.push(bytes("GET / HTTP/1.1\r\nHost: a\r\n"))).toBeUndefined();
	expect([reader.push(bytes("\r\n")), reader.rest]).toEqual([first, undefined]);
});
