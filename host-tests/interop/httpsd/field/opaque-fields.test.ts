// What clients of the field send that is no UTF-8 or badly escaped, and what proxies say, on real XS.

import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { curl } from "../../https";
import { type FieldSite, startFieldSite } from "./field-site";

describe("requests of the field", () => {
	let site: FieldSite;
	beforeAll(async () => {
		site = await startFieldSite({ proxies: "127.0.0.0/8" }, "debug");
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	const ask = async (path: string, ...parameters: string[]) =>
		(await curl(...parameters, `${site.urls.https}${path}`)).stdout;

	test("fields in Latin-1 that nobody reads refuse no request", async () => {
		const statusWith = (name: string, value: string) =>
			new Promise((resolve, reject) => {
				const asked = request(`${site.urls.http}/session`, { headers: { [name]: value } }, response => {
					let text = "";
					response.on("data", piece => (text += piece)).on("end", () => resolve([response.statusCode, text]));
				});
				asked.on("error", reject).end();
			});
		expect(await statusWith("user-agent", "M\xfcller/1.0")).toEqual([200, "null"]);
		expect(await statusWith("cookie", "name=J\xf6rg; session=abc")).toEqual([200, '"abc"']);
	});

	test("a stray percent sign in a query, and an escape that is no UTF-8", async () => {
		expect(await ask("/search?q=100%&page=2")).toBe('["2","100%"]');
		expect(await ask("/search?%zz&page=2&q=caf%C3%A9%")).toBe('["2","café%"]');
		expect(await ask("/search?x=%E9&page=2&q=")).toBe('["2",""]');
		expect(await ask("/search?q=%E9&page=2", "-w", "%{http_code}")).toBe("400 Bad Request\n400");
	});

	test("what a trusted proxy says", async () => {
		const said = [
			"-H",
			"X-Forwarded-For: 1.1.1.1, 203.0.113.7",
			"-H",
			"X-Forwarded-Proto: http",
			"-H",
			"X-Forwarded-Host: a.example"
		];
		expect(await ask("/who", ...said)).toBe('["203.0.113.7","http","a.example"]');
		expect(await ask("/who")).toMatch(/^\["127.0.0.1","https","localhost:\d+"\]$/);
	});

	test("a response that closes the connection says so", async () => {
		const { stdout, stderr } = await curl("-v", "-d", "x", `${site.urls.https}/restart`);
		expect(stdout).toMatch(/^restarting/);
		expect(stderr).toMatch(/< connection: close/);
	});
});
