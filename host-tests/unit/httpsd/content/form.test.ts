import { describe, expect, test } from "@jest/globals";
import MultipartDecoder, { type MultipartEvent } from "httpsd/content/multipart-decoder";
import HttpError from "httpsd/http-error";
import { formLimits } from "httpsd/limits";
import { settle } from "../fake-socket";
import { bytes, connect, latin1, parse, serve } from "../harness";
import { endless } from "../room";

const part = (head: string, content: string) => `--b\r\n${head}\r\n\r\n${content}\r\n`;
const field = (name: string, content: string) => part(`Content-Disposition: form-data; name="${name}"`, content);

/** Heads and contents of the parts; a status when they are refused; "open" when more is to come. */
function take(pieces: readonly string[], boundary = "b"): unknown {
	try {
		const decoder = new MultipartDecoder(boundary, endless);
		const events: MultipartEvent[] = [];
		for (const piece of pieces) {
			decoder.push(bytes(piece));
			for (let event = decoder.next(); event !== undefined; event = decoder.next()) events.push(event);
		}
		const parts: string[] = [];
		for (const event of events)
			if ("head" in event) parts.push(`${[...event.head].join("|")}=`);
			else parts.push((parts.pop() ?? "") + latin1(event.content));
		return decoder.done ? parts : "open";
	} catch (error) {
		return error instanceof HttpError ? error.status : error;
	}
}

const a = 'content-disposition,form-data; name="a"=';
const shapes: readonly (readonly [name: string, text: string, expected: unknown])[] = [
	["one part", `${field("a", "1")}--b--\r\n`, [`${a}1`]],
	["two parts", `${field("a", "1")}${field("a", "2")}--b--`, [`${a}1`, `${a}2`]],
	["no content", `${field("a", "")}--b--`, [a]],
	["line ends in the content", `${field("a", "\r\n\r\n1\r\n")}--b--`, [`${a}\r\n\r\n1\r\n`]],
	["what looks like a delimiter", `${field("a", "\r\n--c\r\n--\r\n-b--b")}--b--`, [`${a}\r\n--c\r\n--\r\n-b--b`]],
	["bytes that are no text", `${field("a", "\xff\0\xfe")}--b--`, [`${a}\xff\0\xfe`]],
	["a preamble and an epilogue", `before\r\n${field("a", "1")}--b--\r\nbehind\r\n--b\r\n`, [`${a}1`]],
	["spaces behind the boundary", `--b \t\r\n${field("a", "1").slice(5)}--b--`, [`${a}1`]],
	["no parts", "--b--\r\n", []],
	["text behind the boundary", `--bx\r\n${field("a", "1").slice(5)}--b--`, 400],
	["bare LF behind the boundary", "--b\nX: y\r\n\r\n", 400],
	["bare LF in a head", "--b\r\nX: y\n\r\n", 400],
	["a folded head", "--b\r\nX: y\r\n z\r\n\r\n", 400],
	["no colon in a head", "--b\r\nX\r\n\r\n", 400],
	["no end", field("a", "1"), "open"]
];

describe("multipart decoder", () => {
	test.each(shapes)("B11 %s, at every split", (_, text, expected) => {
		expect(take([text])).toEqual(expected);
		for (let at = 1; at < text.length; at++) expect(take([text.slice(0, at), text.slice(at)])).toEqual(expected);
		expect(take([...text])).toEqual(expected);
	});

	test("B11 limits hold at n and not at n + 1; boundaries are checked", () => {
		const { maxParts, maxPartHead } = formLimits;
		for (const n of [maxParts - 1, maxParts, maxParts + 1])
			expect(Array.isArray(take([`${field("a", "").repeat(n)}--b--`]))).toBe(n <= maxParts);
		for (const n of [maxPartHead - 1, maxPartHead, maxPartHead + 1])
			expect(take([`${part(`X: ${"y".repeat(n - 7)}`, "")}--b--`]) === 413).toBe(n > maxPartHead);
		for (const n of [0, 1, 70, 71]) expect(take(["x"], "b".repeat(n))).toBe(n === 0 || n > 70 ? 400 : "open");
	});
});

describe("forms over a fake listener", () => {
	async function post(type: string, body: string, size = 7): Promise<ReturnType<typeof parse>> {
		const server = serve();
		server.post("/", async (request, response) => response.json([...(await request.form(1000))]));
		server.post("/fields", async (request, response) => {
			for await (const pair of request.fields()) await response.write(`${pair};`);
			response.end();
		});
		server.post("/parts", async (request, response) => {
			const told: unknown[] = [];
			for await (const each of request.parts())
				if (each.name !== "skip") told.push([each.name, each.filename, each.type, await each.text(100)]);
			response.json(told);
		});
		const client = await connect();
		const path = type.startsWith("multipart") ? "/parts" : "/";
		const text = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
		for (let at = 0; at < text.length; at += size) {
			client.send(text.slice(at, at + size));
			await settle();
		}
		return parse(client.take());
	}

	test.each([
		["a=b&c=d+e%20f&a=%C3%A9&&x", '[["a","b"],["c","d e f"],["a","\xc3\xa9"],["x",""]]'],
		["", "[]"]
	])("B11 urlencoded %j", async (body, expected) =>
		expect((await post("application/x-www-form-urlencoded; charset=utf-8", body)).body).toBe(expected)
	);

	test("B11 refused forms", async () => {
		const type = "application/x-www-form-urlencoded";
		expect((await post(type, "a=%ff")).status).toBe(400);
		expect((await post("text/plain", "a=b")).status).toBe(415);
		expect((await post(type, "x&".repeat(formLimits.maxFields))).status).toBe(200);
		expect((await post(type, "x&".repeat(formLimits.maxFields + 1))).status).toBe(400);
		expect((await post(type, "x".repeat(1001), 5000)).status).toBe(413);
		expect((await post("multipart/form-data", "--b--")).status).toBe(400);
		expect((await post("multipart/form-data; boundary=b", field("a", "1"))).status).toBe(400);
		expect((await post("multipart/form-data; boundary=b", `${part("X: y", "1")}--b--`)).status).toBe(400);
	});

	test("B11 multipart: fields, files, parts that are not read", async () => {
		const file = part(
			'Content-Disposition: form-data; name="f"; filename="a \\"b\\".txt"\r\nContent-Type: a/b',
			"file"
		);
		const body = `${field("a", "1")}${field("skip", "x".repeat(50))}${file}--b--\r\n`;
		const answer = await post('multipart/form-data; boundary="b"', body);
		expect(JSON.parse(answer.body)).toEqual([
			["a", null, "text/plain", "1"],
			["f", 'a "b".txt', "a/b", "file"]
		]);
		const named = (name: string) => part(`Content-Disposition: form-data; name="f"; filename="${name}"`, "");
		const names = await post("multipart/form-data; boundary=b", `${named("C:\\f\\g.txt")}${named('\\\\a\\"')}--b--`);
		expect(JSON.parse(names.body).map((each: string[]) => each[1])).toEqual(["g.txt", 'a"']);
		const long = `${field("a", "x".repeat(101))}--b--`;
		expect((await post("multipart/form-data; boundary=b", long)).status).toBe(413);
	});

	test("B11 older charsets in names and in texts do not make the form fail; others than these are 415", async () => {
		const latin = 'Content-Disposition: form-data; name="\xe9"; filename="d\xe9j\xe0 \x80.txt"';
		const typed = (charset: string) =>
			`Content-Disposition: form-data; name="t"\r\nContent-Type: text/plain; charset=${charset}`;
		const text = "gr\xf6\xdfe \x80".repeat(3);
		const body = `${part(latin, "1")}${part(typed("ISO-8859-1"), text)}${part(typed('"windows-1252"'), text)}--b--`;
		const parts = JSON.parse(
			Buffer.from((await post("multipart/form-data; boundary=b", body, 999)).body, "latin1").toString()
		);
		expect(parts[0]).toEqual(["é", "déjà €.txt", "text/plain", "1"]);
		expect([parts[1][3], parts[2][3]]).toEqual(Array(2).fill("größe €".repeat(3)));
		for (const [charset, status] of [
			["UTF-8", 400],
			["shift_jis", 415]
		] as const)
			expect((await post("multipart/form-data; boundary=b", `${part(typed(charset), text)}--b--`)).status).toBe(status);
	});
});
