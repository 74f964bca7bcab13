// A connection remembers its last head: what is parsed from the same text is the same, and nobody can change it.
import { expect, test } from "@jest/globals";

import Headers from "httpsd/headers";
import { defaultLimits } from "httpsd/limits";
import RequestHeadReader from "httpsd/message/request-head";
import { endless } from "../room";

const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const fields = "Host: a\r\nContent-Length: 3\r\nX-Mark: e";

function read(reader: RequestHeadReader, text: string) {
	const head = reader.push(bytesOf(text));
	if (head === undefined) throw new Error("incomplete");
	return head;
}

test("the same head again is the same object; another line or other fields are parsed", () => {
	const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
	const first = read(reader, `POST /a HTTP/1.1\r\n${fields}\r\n\r\n`);
	expect(read(reader, `POST /a HTTP/1.1\r\n${fields}\r\n\r\n`)).toBe(first);
	const second = read(reader, `POST /b HTTP/1.1\r\n${fields}\r\n\r\n`);
	expect(second.path).toBe("/b");
	expect(second.headers).toBe(first.headers);
	const third = read(reader, "POST /b HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\n");
	expect([third.host, third.contentLength]).toEqual(["b", 4]);
	expect(third.headers.get("x-mark")).toBeUndefined();
});

test("framing is found for each request line: the same fields mean something else in HTTP/1.0 and in absolute form", () => {
	const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
	expect(read(reader, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").keepAlive).toBe(true);
	expect(read(reader, "GET / HTTP/1.0\r\nHost: a\r\n\r\n").keepAlive).toBe(false);
	expect(read(reader, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n").host).toBe("b");
	const chunked = "Host: a\r\nTransfer-Encoding: chunked";
	expect(read(reader, `POST / HTTP/1.1\r\n${chunked}\r\n\r\n`).contentLength).toBeUndefined();
	expect(() => read(reader, `POST / HTTP/1.0\r\n${chunked}\r\n\r\n`)).toThrow("HTTP/1.0");
});

test("a head that was refused is refused again", () => {
	for (const bad of ["Host: a\r\nHost: b", "Host: a\r\nBad Name: x", " Host: a", ""]) {
		const reader = new RequestHeadReader({ limits: defaultLimits, account: endless });
		read(reader, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		for (let i = 0; i < 2; i++) expect(() => read(reader, `GET / HTTP/1.1\r\n${bad}\r\n\r\n`)).toThrow();
	}
});

test.each([-1, 0, 1])("limit minus length is %i: remembered when it fits", difference => {
	const line = "GET / HTTP/1.1";
	const text = `${line}\r\nHost: a`;
	const reader = new RequestHeadReader({
		limits: { ...defaultLimits, maxKeptHead: text.length + difference },
		account: endless
	});
	const first = read(reader, `${text}\r\n\r\n`);
	expect(read(reader, `${text}\r\n\r\n`) === first).toBe(difference >= 0);
});

test("headers of a request cannot be changed by anything they have, for another request may have them too", () => {
	const { headers } = read(
		new RequestHeadReader({ limits: defaultLimits, account: endless }),
		`GET / HTTP/1.1\r\n${fields}\r\n\r\n`
	);
	const before = String(headers);
	const all = headers as unknown as Record<string, unknown>;
	for (const name of [...Object.getOwnPropertyNames(Headers.prototype), ...Object.keys(headers)])
		for (const parameters of [["x-user", "admin"], ["host", "b"], [["x-user"], 0], []])
			try {
				const member = all[name];
				if (typeof member === "function") member.apply(headers, parameters);
				all[name] = parameters;
			} catch (error) {
				expect(error).toBeInstanceOf(TypeError);
			}
	expect(String(headers)).toBe(before);
	expect(() => headers.set("host", "b")).toThrow(TypeError);
	expect(() => headers.append("cookie", "b")).toThrow(TypeError);
	expect(() => headers.delete("host")).toThrow(TypeError);
});

test.each(["Content-Length", "X"])("whatever headers have, none of it lets a line end or %s in", reserved => {
	const headers = new Headers(new Set(["content-length"])) as unknown as Record<string, unknown>;
	for (const name of Object.getOwnPropertyNames(Headers.prototype).filter(each => each !== "constructor"))
		try {
			const member = headers[name];
			if (typeof member === "function") member.call(headers, reserved, reserved === "X" ? "a\r\nEvil: 1" : "1");
		} catch (error) {
			expect(error).toBeInstanceOf(TypeError);
		}
	expect(String(headers)).toBe("");
});
