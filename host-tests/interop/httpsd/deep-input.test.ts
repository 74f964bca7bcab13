// Input that would take room on XS's stack, whose overflow ends the host, on real XS.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Site, startSite, talk, variants } from "./site";

describe.each(variants)("input that is deep or in many pieces on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant, {}, [], "careless-site");
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** The status and the content of the answer to a request. */
	async function ask(first: string, fields: string, content: string): Promise<[number, string]> {
		const request = `${first} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}\r\n${content}`;
		const received = await talk(site.port, [request]);
		return [Number(received.split(" ")[1]), received.slice(received.indexOf("\r\n\r\n") + 4)];
	}

	const chunked = "Transfer-Encoding: chunked\r\n";
	const inChunks = (text: string) => `${[...text].map(letter => `1\r\n${letter}\r\n`).join("")}0\r\n\r\n`;

	test("B11 content in 5,000 chunks of a byte is gathered without a stack overflow", async () => {
		expect(await ask("POST /text", chunked, inChunks("x".repeat(5000)))).toEqual([200, "5000"]);
	});

	test("B11 content in 3,000 TCP segments of a byte is gathered without a stack overflow", async () => {
		const head = "POST /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3000\r\n\r\n";
		expect(await talk(site.port, [head, ..."x".repeat(3000)])).toMatch(/^HTTP\/1.1 200 [\s\S]*\r\n\r\n3000$/);
	});

	test("B11 a part in 5,000 chunks of a byte is gathered without a stack overflow", async () => {
		const part = `--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n${"x".repeat(5000)}\r\n--b--\r\n`;
		const fields = `${chunked}Content-Type: multipart/form-data;boundary=b\r\n`;
		expect(await ask("POST /part", fields, inChunks(part))).toEqual([200, "5000"]);
	});

	const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;

	test("B11 JSON that nests 4,000 levels deep is 400, not a stack overflow", async () => {
		const send = (json: string) => ask("POST /json", `Content-Length: ${json.length}\r\n`, json);
		expect(await send(nested(32, "[", "]"))).toEqual([200, nested(32, "[", "]")]);
		expect(await send(nested(32, '{"[":', "}"))).toEqual([200, nested(32, '{"[":', "}")]);
		for (const depth of [33, 4000]) {
			expect((await send(nested(depth, "[", "]")))[0]).toBe(400);
			expect((await send(nested(depth, '{"a":', "}")))[0]).toBe(400);
			expect((await send("[".repeat(depth)))[0]).toBe(400);
		}
	});

	test("B11 long targets and fields are read without a stack overflow", async () => {
		// With `/rest` as many segments as a desk allows.
		const most = 255;
		for (const each of ["/a", "/%41"]) {
			expect(await ask(`GET /rest${each.repeat(most)}`, "", "")).toEqual([200, `${most}`]);
			for (const more of [most + 1, 600]) expect((await ask(`GET /rest${each.repeat(more)}`, "", ""))[0]).toBe(414);
		}
		expect((await ask(`GET /rest${"/..".repeat(most)}`, "", ""))[0]).toBe(400);
		expect(await ask(`GET /query?${"a=%41&".repeat(250)}`, "", "")).toEqual([200, "250"]);
		expect(await ask("GET /cookies", `Cookie: ${"x".repeat(8000)}=1\r\n`, "")).toEqual([200, "1"]);
		expect(await ask("GET /cookies", `Cookie: ${"a=1; ".repeat(1600)}\r\n`, "")).toEqual([200, "1"]);
	});

	test("B11 long parameters of a field are parsed without a stack overflow", async () => {
		for (const value of [
			`form-data; name="${"x".repeat(1900)}"`,
			`form-data; name="${"\\\\".repeat(950)}"`,
			`form-data${"; ".repeat(900)}; name=n`,
			`form-data; name="${"x".repeat(1900)}`
		]) {
			const part = `--b\r\nContent-Disposition: ${value}\r\n\r\nx\r\n--b--\r\n`;
			const fields = `Content-Type: multipart/form-data;boundary=b\r\nContent-Length: ${part.length}\r\n`;
			expect([200, 400]).toContain((await ask("POST /part", fields, part))[0]);
		}
		const type = `multipart/form-data; boundary="${"\\a".repeat(3500)}"`;
		expect((await ask("POST /part", `Content-Type: ${type}\r\nContent-Length: 1\r\n`, "x"))[0]).toBe(400);
	});

	test("B11 a field of a form in 10,000 chunks of a byte is read; a longer one than the limit is 413", async () => {
		const fields = `${chunked}Content-Type: application/x-www-form-urlencoded\r\n`;
		expect(await ask("POST /pairs", fields, inChunks(`a=${"x".repeat(10_000)}&b=c`))).toEqual([200, "10003"]);
		expect((await ask("POST /pairs", fields, inChunks("x".repeat(16_400))))[0]).toBe(413);
	});
});
