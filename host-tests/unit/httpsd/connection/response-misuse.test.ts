// What a handler gets wrong is told to it, and does not leave as a response that means something else.
import { expect, test } from "@jest/globals";
import type Response from "httpsd/response";
import type { CookieAttributes } from "httpsd/values/cookies";
import { ask, parse, serve } from "../harness";

async function respond(make: (response: Response) => unknown) {
	const errors: unknown[] = [];
	const server = serve();
	server.on("error", ({ error }) => errors.push(error));
	server.get("/", (_, response) => make(response));
	const { status } = parse(await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
	return { status, name: (errors[0] as Error | undefined)?.name, message: (errors[0] as Error | undefined)?.message };
}

const unsendable: [string, unknown][] = [
	["type Object", { on: true }],
	["type number", 5],
	["type boolean", true],
	["type null", null],
	["type Array", ["a"]],
	["type Uint16Array", new Uint16Array(2)],
	["type Map", new Map()],
	["type object", Object.create(null)]
];

test.each(unsendable)("content of %s is refused before the response begins", async (type, value) => {
	const content = value as string;
	const ways: ((response: Response) => unknown)[] = [
		response => response.send(content),
		response => response.html(content),
		response => response.write(content),
		response => response.length(4).end(content),
		response => response.stream([content])
	];
	for (const way of ways) {
		const message = `Content of ${type} is neither text, an ArrayBuffer nor a Uint8Array: use json()`;
		expect(await respond(way)).toEqual({ status: 500, name: "TypeError", message });
	}
	expect(() => serve().content("/page", "text/plain", content)).toThrow(TypeError);
});

test.each<[string, (response: Response) => unknown]>([
	["send() of content with 205", response => response.status(205).send("x")],
	["write() with 205", response => response.status(205).write("x")],
	["an empty Location", response => response.redirect("")],
	["no Location", response => response.redirect(undefined as never)],
	["json(undefined)", response => response.json(undefined)],
	["json() of a function", response => response.json(() => 1)],
	["a lone surrogate in a field", response => response.header("x", "a\ud800b").send()],
	["the other lone surrogate in a type", response => response.type("a\udc00").send()],
	[
		"a sameSite that is none",
		response =>
			response.cookie("a", "b", { sameSite: "Lax; Domain=evil" as CookieAttributes["sameSite"] as "Lax" }).send()
	]
])("%s is 500, and a TypeError for the handler", async (_, make) => {
	const { status, name } = await respond(make);
	expect([status, name]).toEqual([500, "TypeError"]);
});

test("a pair of surrogates in a field leaves as UTF-8; an empty 205 has the length 0", async () => {
	serve().get("/", (_, response) => response.status(205).header("x", "\u{1f512}").send());
	const { status, headers } = parse(await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
	expect([status, headers["content-length"], headers.x]).toEqual([205, "0", Buffer.from("🔒").toString("latin1")]);
});

test("HEAD of an event stream has no Content-Length", async () => {
	serve().events("/", () => {});
	const text = await ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
	expect([parse(text).status, text.includes("content-length"), parse(text).body]).toEqual([200, false, ""]);
});
