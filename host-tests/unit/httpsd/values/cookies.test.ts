import { describe, expect, test } from "@jest/globals";
import { formatCookie, parseCookies } from "httpsd/values/cookies";
import { parseParameterized, parseParameters } from "httpsd/values/parameters";
import { ask, parse, serve } from "../harness";

describe("cookies", () => {
	test.each([
		["a=1; b=2", { a: "1", b: "2" }],
		['a="1 2"; b=x=y', { a: "1 2", b: "x=y" }],
		["a=1;a=2", { a: "1" }],
		["novalue; =x; a=", { a: "" }],
		["", {}],
		[undefined, {}]
	])("B11 parses %j", (field, expected) => expect(Object.fromEntries(parseCookies(field))).toEqual(expected));

	test("B11 sets attributes", () => {
		expect(formatCookie("a", "1")).toBe("a=1; Path=/");
		const all = { maxAge: 60, expires: 0, domain: "a.example", path: "/x", secure: true, httpOnly: true };
		expect(formatCookie("a", "", { ...all, sameSite: "None" })).toBe(
			"a=; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Domain=a.example; Path=/x; Secure; HttpOnly; SameSite=None"
		);
	});

	test.each([
		["a b", "1", {}],
		["a=", "1", {}],
		["", "1", {}],
		["a", "1 2", {}],
		["a", "1;2", {}],
		["a", '"1"', {}],
		["a", "1,2", {}],
		["a", "1\\2", {}],
		["a", "\u{e9}", {}],
		["a", "1\r\nx: y", {}],
		["a", "1", { path: "/;x" }],
		["a", "1", { domain: "a\n" }],
		["a", "1", { sameSite: "None" as const }],
		["a", "1", { httponly: true } as never],
		["a", "1", { Secure: true } as never],
		["__Secure-a", "1", {}],
		["__Host-a", "1", { secure: true, path: "/x" }],
		["__Host-a", "1", { secure: true, domain: "a" }]
	])("B11 refuses %j=%j %j", (name, value, attributes) =>
		expect(() => formatCookie(name, value, attributes)).toThrow(TypeError)
	);

	test("B11 a handler reads and sets them; query and redirect", async () => {
		const server = serve({ maxConnections: 20 });
		server.get("/c", ({ cookies, query }, response) =>
			response
				.cookie("n", "1")
				.cookie("m", "2", { maxAge: 0 })
				.json([cookies.get("a"), query.getAll("q"), query.size])
		);
		server.get("/r", (_, response) => response.redirect("/c?d", 303));
		server.get("/bad", (_, response) => response.redirect("/c d"));
		const text = await ask("GET /c?q=1&q=a+b%26&r HTTP/1.1\r\nHost: a\r\nCookie: a=x\r\nCookie: b=y\r\n\r\n");
		expect(text).toContain("\r\nset-cookie: n=1; Path=/\r\nset-cookie: m=2; Max-Age=0; Path=/\r\n");
		expect(parse(text).body).toBe('["x",["1","a b&"],3]');
		expect((await ask("GET /c?q=%ff HTTP/1.1\r\nHost: a\r\n\r\n")).slice(0, 12)).toBe("HTTP/1.1 400");
		expect(parse(await ask("GET /r HTTP/1.1\r\nHost: a\r\n\r\n"))).toMatchObject({
			status: 303,
			headers: { location: "/c?d", "content-type": "text/html;charset=utf-8" }
		});
		expect(parse(await ask("GET /bad HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(500);
	});
});

describe("parameters", () => {
	test.each([
		["Text/HTML", "text/html", {}],
		['a/b;c=d ; E="f;\\"g" ;h=', "a/b", { c: "d", e: 'f;"g', h: "" }],
		["a/b;", "a/b", {}],
		["a/b; c", undefined, {}],
		["a/b; c=d e", undefined, {}],
		['a/b; c="d', undefined, {}],
		["a/b; c=d; C=e", undefined, {}],
		["a/b; c=d, e=f", undefined, {}],
		['a/b; c="d"e', undefined, {}],
		['a/b; c= "d"', undefined, {}],
		['a/b; "d"', undefined, {}],
		['a/b; c="d" "e"', undefined, {}],
		['a/b; c=x"d"', undefined, {}],
		['a/b; c=\\"d"', undefined, {}],
		["a/b; c=d\\\\e", "a/b", { c: "d\\\\e" }],
		["a/b; c=\x01", undefined, {}],
		['a/b; c="\\d\\\\\\"\\\\"; e="\\\\"', "a/b", { c: 'd\\"\\', e: "\\" }],
		[`a/b${"; ".repeat(32)}`, "a/b", {}],
		[`a/b${"; ".repeat(33)}`, undefined, {}]
	])("B11 %j", (text, value, expected) => {
		const parsed = parseParameterized(text);
		expect([parsed?.value, Object.fromEntries(parsed?.parameters ?? [])]).toEqual([value, expected]);
	});

	test("B11 of a list", () => {
		expect(Object.fromEntries(parseParameters(', a=b, c="d,e"', ",") ?? [])).toEqual({ a: "b", c: "d,e" });
	});
});
