// Responses that are made in C beside the same responses made in TypeScript. What differs is told.

import Headers from "httpsd/headers";
import { encodeHead, encodeWhole, isShortText } from "httpsd/message/response-head";
import { encodeText } from "text/utf8";

const most = 20;
let count = 0;

function check(what: string, isRight: boolean): void {
	count++;
	if (!isRight) trace(`differs: ${what}\n`);
}

/** They may be made in different seconds. */
const withoutDate = (text: string): string => text.replace(/^date: .*\r\n/m, "");

type Fields = readonly (readonly [name: string, value: string])[];

function compare(
	status: number,
	lines: Fields | string | undefined,
	keep: boolean | undefined,
	upgrade?: string
): void {
	const headers = typeof lines === "object" ? new Headers() : undefined;
	if (typeof lines === "object") for (const [name, value] of lines) headers?.append(name, value);
	const type = typeof lines === "string" ? lines : undefined;
	const fields = headers ?? (type === undefined ? "" : `content-type: ${type}\r\n`);
	for (const content of ["hello", "x", "a\r\n\r\nb\x7f\x01", "y".repeat(3000)]) {
		const head = encodeHead(status, fields, content.length, keep, upgrade);
		const whole = String.fromArrayBuffer(encodeWhole(status, headers, type, keep, upgrade, content));
		check(JSON.stringify(head), withoutDate(whole) === withoutDate(head + content));
	}
}

const fieldsOf: (Fields | string | undefined)[] = [undefined, "text/plain;charset=utf-8", "a/b;c=\u00e9\u{1f600}", []];
fieldsOf.push(
	[["content-type", "a/b"]],
	[
		["set-cookie", "a=b"],
		["set-cookie", "c=d"],
		["x-a", "\u00e9\ud7ff"]
	]
);
for (const status of [200, 404, 426, 503, 599])
	for (const fields of fieldsOf)
		for (const keep of [undefined, true, false])
			for (const upgrade of [undefined, "websocket"]) compare(status, fields, keep, upgrade);

const short = ["a", "x".repeat(most), "\x01\x7f\r\n"];
const others = [
	"",
	"x".repeat(most + 1),
	"\0",
	"a\0",
	"\u0080",
	"a\u00e9",
	"\u{1f600}",
	"\ud800",
	"a\udfffb",
	"\u212a"
];
for (const text of short) check(JSON.stringify(text), isShortText(text, most));
for (const text of others) check(JSON.stringify(text), !isShortText(text, most));
// What it lets in has as many bytes as characters.
for (const text of short) check(JSON.stringify(text), encodeText(text).byteLength === text.length);

trace(`compared: ${count}\n`);
