import { describe, expect, test } from "@jest/globals";
import SecureRedirect, { type RedirectOptions } from "httpsd/routing/secure-redirect";
import { transportSecurity } from "httpsd/values/transport-security";
import { ask, parse, serve } from "../harness";

async function answered(line: string, fields: string, port = 443, options?: RedirectOptions) {
	const redirect = new SecureRedirect(options);
	serve().use("/", (request, response) => redirect.answer(request, response, port));
	return parse(await ask(`${line}\r\n${fields}\r\n`));
}

async function redirected(...parameters: Parameters<typeof answered>): Promise<[status: number, location?: string]> {
	const { status, headers } = await answered(...parameters);
	return headers.location === undefined ? [status] : [status, headers.location];
}

describe("from HTTP to HTTPS", () => {
	test.each([
		["GET / HTTP/1.1", "Host: a\r\n", "https://a/"],
		["GET /b%20c/?d=e&f HTTP/1.1", "Host: a:80\r\n", "https://a/b%20c/?d=e&f"],
		["POST /b HTTP/1.1", "Host: [fe80::1]:8080\r\n", "https://[fe80::1]/b"],
		["GET http://b/c?d HTTP/1.1", "Host: a\r\n", "https://b/c?d"],
		["OPTIONS /b HTTP/1.1", "Host: a\r\n", "https://a/b"],
		["GET //evil.example/ HTTP/1.1", "Host: a\r\n", "https://a//evil.example/"]
	])("B2 %s of %j goes to %s", async (line, fields, location) => {
		expect(await redirected(line, fields)).toEqual([307, location]);
		expect(await redirected(line, fields, 8443)).toEqual([307, location.replace(/(?<=\/\/[^/]+)(?=\/)/, ":8443")]);
	});

	test("B2 a request without a host is 426, which names the upgrade (RFC 9110 §15.5.22)", async () => {
		const { status, headers, body } = await answered("GET / HTTP/1.0", "");
		expect([status, headers.upgrade, headers.connection, body]).toEqual([
			426,
			"TLS/1.2, HTTP/1.1",
			"close",
			"426 Upgrade Required\n"
		]);
		expect(await redirected("GET / HTTP/1.0", "", 443, { host: "b" })).toEqual([307, "https://b/"]);
	});

	test("B2 CONNECT and OPTIONS * are no paths to go to: as over TLS", async () => {
		for (const line of ["CONNECT a:443 HTTP/1.1", "OPTIONS * HTTP/1.1", "OPTIONS http://a HTTP/1.1"]) {
			const plain = await answered(line, "Host: a:443\r\n");
			serve();
			const { status } = parse(await ask(`${line}\r\nHost: a:443\r\n\r\n`));
			expect([plain.status, plain.headers.location]).toEqual([status, undefined]);
			expect(status).toBe(line.startsWith("CONNECT") ? 501 : 204);
		}
	});

	test("B2 a page with a link is for who does not go there, and is none to what a client has made up", async () => {
		const { headers, body } = await answered("GET /a\"><script>?x&y='<b> HTTP/1.1", "Host: a\r\n");
		expect(headers["content-type"]).toBe("text/html;charset=utf-8");
		const shown = "https://a/a&quot;&gt;&lt;script&gt;?x&amp;y=&#39;&lt;b&gt;";
		expect(body).toBe(`<!doctype html><title>Moved</title><p>It is at <a href="${shown}">${shown}</a>\n`);
	});

	test("B2 status, host and port by option; what is none is refused", async () => {
		for (const status of [301, 302, 307, 308])
			expect((await answered("GET /x HTTP/1.1", "Host: a\r\n", 443, { status })).status).toBe(status);
		const there = { host: "device.example", port: 8443 };
		expect(await redirected("GET /x?y HTTP/1.1", "Host: a:8080\r\n", 443, there)).toEqual([
			307,
			"https://device.example:8443/x?y"
		]);
		for (const port of [0, 65_536, -1]) expect(() => new SecureRedirect({ port })).toThrow(RangeError);
		for (const status of [200, 300, 303, 304, 400]) expect(() => new SecureRedirect({ status })).toThrow(RangeError);
		for (const bad of [
			{ host: "a:1" },
			{ host: "a b" },
			{ host: "" },
			{ hosts: "a" },
			{ exempt: ["x"] },
			{ exempt: ["/:x"] }
		])
			expect(() => new SecureRedirect(bad as RedirectOptions)).toThrow(TypeError);
	});

	test("Strict-Transport-Security is written as in RFC 6797", () => {
		expect(transportSecurity({ maxAge: 0 })).toBe("max-age=0");
		expect(transportSecurity({ maxAge: 31_536_000, includeSubDomains: true, preload: true })).toBe(
			"max-age=31536000; includeSubDomains; preload"
		);
		for (const maxAge of [-1, 1.5, Number.NaN, 2 ** 53])
			expect(() => transportSecurity({ maxAge })).toThrow(RangeError);
	});
});
