import { describe, expect, test } from "@jest/globals";
import { redirectToSecure, transportSecurity } from "httpsd/routing/secure-redirect";
import { ask, parse, serve } from "../harness";

async function redirected(line: string, fields: string, port = 443): Promise<[status: number, location?: string]> {
	serve().use("/", (request, response) => redirectToSecure(request, response, port));
	const { status, headers } = parse(await ask(`${line}\r\n${fields}\r\n`));
	return headers.location === undefined ? [status] : [status, headers.location];
}

describe("from HTTP to HTTPS", () => {
	test.each([
		["GET / HTTP/1.1", "Host: a\r\n", "https://a/"],
		["GET /b%20c/?d=e&f HTTP/1.1", "Host: a:80\r\n", "https://a/b%20c/?d=e&f"],
		["POST /b HTTP/1.1", "Host: [fe80::1]:8080\r\n", "https://[fe80::1]/b"],
		["GET http://b/c?d HTTP/1.1", "Host: a\r\n", "https://b/c?d"],
		["OPTIONS * HTTP/1.1", "Host: a\r\n", "https://a/"],
		["GET //evil.example/ HTTP/1.1", "Host: a\r\n", "https://a//evil.example/"]
	])("B2 %s of %j goes to %s", async (line, fields, location) => {
		expect(await redirected(line, fields)).toEqual([308, location]);
		expect(await redirected(line, fields, 8443)).toEqual([308, location.replace(/(?<=\/\/[^/]+)(?=\/)/, ":8443")]);
	});

	test("B2 a request without a host is 426", async () => {
		expect(await redirected("GET / HTTP/1.0", "")).toEqual([426]);
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
