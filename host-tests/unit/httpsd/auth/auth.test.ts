import "../../tls/natives";
import { describe, expect, test } from "@jest/globals";
import type { AuthFilter } from "httpsd/auth/authorization";
import { hmac, sameSecret } from "httpsd/auth/secret";
import { basicAuth } from "httpsd/basic-auth";
import { bearerAuth } from "httpsd/bearer-auth";
import { decodeBase64, encodeBase64 } from "text/base64";
import { ask, parse, serve } from "../harness";

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;

function site(filter: AuthFilter) {
	const server = serve({ maxConnections: 1000 });
	server.use("/in", filter);
	server.get("/in", (request, response) => response.send(String(request.user)));
	server.get("/out", (request, response) => response.send(String(request.user)));
	return async (authorization: string | undefined, path = "/in", more = "") => {
		const field = authorization === undefined ? "" : `Authorization: ${authorization}\r\n`;
		const { status, headers, body } = parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n${field}${more}\r\n`));
		return [status, status === 200 ? body : headers["www-authenticate"]];
	};
}

describe("B11 authentication by Basic and Bearer", () => {
	const refused = [401, 'Basic realm="WallyWorld", charset="UTF-8"'];

	test("Basic: the pairs of RFC 7617 and others, and what is none", async () => {
		const users = { Aladdin: "open sesame", test: "123£", "": "", colon: "a:b" };
		const get = site(basicAuth({ realm: "WallyWorld", users }));
		expect(await get("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")).toEqual([200, "Aladdin"]);
		expect(await get("bAsIc  dGVzdDoxMjPCow== ")).toEqual([200, "test"]);
		expect(await get(basic("colon:a:b"))).toEqual([200, "colon"]);
		expect(await get(basic(":"))).toEqual([200, ""]);
		const bad = ["", "Basic", "Basic ", "Basic !", "Basic QQ", basic("Aladdin"), basic("Aladdin:open"), basic("x:")];
		for (const pair of ["Aladdin:open sesame ", "aladdin:open sesame", "__proto__:", "toString:", "test:123£\0"])
			bad.push(basic(pair));
		bad.push(
			`Basic ${Buffer.from("test:123\xa3", "latin1").toString("base64")}`,
			"Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
		);
		for (const each of [undefined, ...bad]) expect([each, await get(each)]).toEqual([each, refused]);
		expect(await get(undefined, "/out")).toEqual([200, "undefined"]);
		expect(await get(undefined, "/%69n")).toEqual(refused);
		expect((await get(basic("colon:a:b"), "/in", `Authorization: ${basic(":")}\r\n`))[0]).toBe(400);
	});

	test("Basic: a function may be asynchronous, and may throw", async () => {
		const get = site(
			basicAuth({
				realm: "WallyWorld",
				users: async (user, password) => {
					if (user === "broken") throw new Error("secret words");
					return user === "ada" && sameSecret(password, "1815");
				}
			})
		);
		expect(await get(basic("ada:1815"))).toEqual([200, "ada"]);
		expect(await get(basic("ada:1816"))).toEqual(refused);
		expect((await get(basic("broken:"))).slice(0, 1)).toEqual([500]);
	});

	test("Bearer: by table and by function", async () => {
		const get = site(bearerAuth({ realm: "a", tokens: { ada: "mF_9.B5f-4.1JqM", bob: "x" } }));
		expect(await get("Bearer mF_9.B5f-4.1JqM")).toEqual([200, "ada"]);
		expect(await get("bearer x")).toEqual([200, "bob"]);
		const invalid = [401, 'Bearer realm="a", error="invalid_token"'];
		for (const each of ["Bearer y", "Bearer x y", 'Bearer "x"', "Bearer =x"])
			expect([each, await get(each)]).toEqual([each, invalid]);
		for (const each of [undefined, "Bearer", "Basic x"]) expect(await get(each)).toEqual([401, 'Bearer realm="a"']);
		const late = site(bearerAuth({ realm: "a", tokens: async token => (token === "x" ? "ada" : undefined) }));
		expect([await late("Bearer x"), await late("Bearer y")]).toEqual([[200, "ada"], invalid]);
	});

	test("Bearer: what is no token is not given to the function", async () => {
		const asked: string[] = [];
		const get = site(bearerAuth({ realm: "a", tokens: token => void asked.push(token) }));
		for (const token of ["x y", '"x"', "=x", "x=y", "x,y"]) expect((await get(`Bearer ${token}`))[0]).toBe(401);
		expect(asked).toEqual([]);
		await get("Bearer x-._~+/9==");
		expect(asked).toEqual(["x-._~+/9=="]);
	});

	test("a realm that can't be quoted is refused", () => {
		for (const realm of ['a"', "a\\", "a\n", "é"]) expect(() => basicAuth({ realm, users: {} })).toThrow(TypeError);
	});
});

test("secrets are compared whole; HMAC as in RFC 4231", () => {
	expect([sameSecret("a", "a"), sameSecret("a", "b"), sameSecret("", "a")]).toEqual([true, false, false]);
	const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
	expect(hmac("Jefe", "what do ya want for nothing?")).toBe(expected);
});

test("Base64 of any length, as Node has it", () => {
	for (let length = 0; length < 50; length++) {
		const bytes = Uint8Array.from({ length }, (_, at) => at * 37 + length);
		const text = Buffer.from(bytes).toString("base64");
		expect(encodeBase64(bytes)).toBe(text);
		expect(new Uint8Array(decodeBase64(text) ?? new ArrayBuffer(99))).toEqual(bytes);
	}
	for (const text of ["A", "AA", "AAA", "AA=A", "=", "AAAA=", "AA==A", "AAA\n", "AAA-", "AA=="].slice(0, 9))
		expect(decodeBase64(text)).toBe(undefined);
});
