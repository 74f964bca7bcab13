// RFC 9110 §5.5: bytes that are not UTF-8 in a field that nobody reads are no fault of a request.
import { expect, test } from "@jest/globals";
import { linesText } from "httpsd/message/field-text";
import { latin1Text } from "text/latin1";
import { ask, latin1, parse, serve } from "../harness";

const every = Uint8Array.from({ length: 256 }, (_, code) => code).buffer;

test("each byte is a character, whatever the length", () => {
	for (const length of [0, 1, 31, 32, 33, 256]) {
		const bytes = every.slice(0, length);
		expect(latin1Text(bytes)).toBe(latin1(bytes));
	}
});

test("each line is UTF-8 if it can be, else ISO-8859-1; behind the last that counts all is one", () => {
	const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1")).buffer;
	const lines = "a: \xe9\r\nb: \xc3\xa9\r\nc: \xc3\xa9\r\n";
	expect(linesText(bytes(lines), 3)).toBe("a: \xe9\r\nb: \xe9\r\nc: \xe9\r\n");
	expect(linesText(bytes(lines), 2)).toBe("a: \xe9\r\nb: \xe9\r\nc: \xc3\xa9\r\n");
	expect(linesText(bytes(`${lines}\xff`), 3)).toBe("a: \xe9\r\nb: \xe9\r\nc: \xe9\r\n\xff");
});

test.each(["Referer: http://a/caf\xe9", "User-Agent: M\xfcller/1.0", "Cookie: name=J\xf6rg; session=abc"])(
	"%j does not refuse the request, and what else it says is read",
	async field => {
		serve().get("/", ({ headers, cookies }, response) => {
			response.json([headers.get("x-after"), cookies.get("session") ?? "none"]);
		});
		const { status, body } = parse(await ask(`GET / HTTP/1.1\r\nHost: a\r\n${field}\r\nX-After: caf\xc3\xa9\r\n\r\n`));
		expect([status, body]).toEqual([200, `["caf\xc3\xa9","${field.startsWith("Cookie") ? "abc" : "none"}"]`]);
	}
);

test("Z12 a head in Latin-1 is charged at what XS takes for it, two bytes a character", async () => {
	const server = serve({ maxKeptHead: 1000 });
	const used: number[] = [];
	server.get("/", (_, response) => response.send(String(used.push(server.memory.used))));
	for (const filler of ["e", "\xe9"]) await ask(`GET / HTTP/1.1\r\nHost: a\r\nX: ${filler.repeat(400)}\r\n\r\n`);
	const [ascii = 0, both = 0] = used;
	expect(both - ascii).toBeGreaterThan(ascii + 800);
});
