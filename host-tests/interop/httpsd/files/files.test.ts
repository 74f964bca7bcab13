// Files from flash on real XS, as curl and Node ask for them.

import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { curl, type Site, startSite, variants } from "../site";

describe.each(variants)("files on the desk host, %s", variant => {
	let site: Site;
	const root = mkdtempSync(join(tmpdir(), "files-"));
	const folder = join(root, "flash");
	const script = "0123456789".repeat(1000);
	const image = randomBytes(200_001);

	beforeAll(async () => {
		mkdirSync(folder);
		writeFileSync(join(folder, "app.js"), script);
		writeFileSync(join(folder, "app.js.gz"), gzipSync(script));
		writeFileSync(join(folder, "app.js.br"), brotliCompressSync(script));
		writeFileSync(join(folder, "image.png"), image);
		mkdirSync(join(folder, "image.png.br"));
		site = await startSite(variant, { folder }, [`flash+=${folder}`]);
	});
	afterAll(async () => {
		rmSync(root, { recursive: true });
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	test("B11 a file in flash, whole, in a range, in two, resumed by curl", async () => {
		const url = `${site.url}/flash/image.png`;
		expect(await curl(url)).toBe(image.toString("latin1"));
		expect(await curl("--limit-rate", "1M", url)).toBe(image.toString("latin1"));
		expect(await curl("-r", "100000-199999", url)).toBe(image.toString("latin1", 100_000, 200_000));
		const parts = await curl("-r", "0-9,-10", url);
		expect(parts).toContain(`bytes 0-9/200001\r\n\r\n${image.toString("latin1", 0, 10)}\r\n--`);
		expect(parts).toContain(`bytes 199991-200000/200001\r\n\r\n${image.toString("latin1", 199_991)}\r\n--`);
		const partial = join(folder, "partial");
		writeFileSync(partial, image.subarray(0, 77_777));
		await curl("-C", "-", "-o", partial, url);
		expect(readFileSync(partial).equals(image)).toBe(true);
		expect(await curl("-i", "-r", "200001-", url)).toMatch(/^HTTP\/1.1 416 (.*\r\n)*content-range: bytes \*\/200001/);
	});

	test("B11 a precompressed variant, decompressed by curl and by Node", async () => {
		const url = `${site.url}/flash/app.js`;
		expect(await curl("--compressed", url)).toBe(script);
		const head = await curl("-I", "-H", "Accept-Encoding: gzip", url);
		expect(head).toContain(`content-encoding: gzip\r\n`);
		expect(head).toContain(`content-length: ${gzipSync(script).byteLength}\r\n`);
		const response = await fetch(url);
		expect(response.headers.get("content-encoding")).toBe("gzip");
		expect((await response.text()) === script).toBe(true);
	});

	test("B11 ETag and date: 304 to curl's cache", async () => {
		const tags = join(folder, "tags");
		const url = `${site.url}/flash/app.js`;
		const code = ["-o", join(folder, "out"), "-w", "%{http_code}"];
		expect(await curl(...code, "--etag-save", tags, url)).toBe("200");
		expect(await curl(...code, "--etag-compare", tags, url)).toBe("304");
		const page = `${site.url}/memory/page.html`;
		expect(await curl(...code, "-z", "Thu, 02 Jan 2025 00:00:00 GMT", page)).toBe("304");
		expect(await curl(...code, "-z", "Wed, 01 Jan 2025 23:59:59 GMT", page)).toBe("200");
	});

	test("B11 a file of a file system, whole, in ranges, while it is read by others", async () => {
		const url = `${site.url}/disk/image.png`;
		const whole = image.toString("latin1");
		expect(await Promise.all(Array.from({ length: 4 }, () => curl(url)))).toEqual(Array(4).fill(whole));
		expect(await curl("-r", "5-9", url)).toBe(whole.slice(5, 10));
		expect(await curl("-r", "-3", url)).toBe(whole.slice(-3));
		expect(await curl("-I", url)).toMatch(/content-length: 200001\r\n/);
		expect(await curl("--compressed", `${site.url}/disk/app.js`)).toBe(script);
		expect(await curl("-i", `${site.url}/disk/none`)).toMatch(/^HTTP\/1.1 404 /);
	});

	test("B11 a folder is no file, and no variant of one", async () => {
		expect(await curl("-i", `${site.url}/disk/image.png.br`)).toMatch(/^HTTP\/1.1 404 /);
		const fields = ["-I", "-H", "Accept-Encoding: br"];
		expect(await curl(...fields, `${site.url}/disk/image.png`)).toMatch(/^HTTP\/1.1 200 /);
	});

	test("B11 a guarded folder cannot be reached by another spelling, as a FAT card finds it", async () => {
		mkdirSync(join(folder, "private"));
		writeFileSync(join(folder, "private/x"), "secret");
		writeFileSync(join(folder, "Public file"), "public");
		const spellings = [
			"PRIVATE",
			"Private",
			"private.",
			"private ",
			" private",
			"PRIVAT~1",
			"pri\u200dvate",
			"private::$DATA"
		];
		for (const name of spellings) symlinkSync("private", join(folder, name));
		for (const name of ["private", ...spellings]) {
			const answer = await curl("-i", "--path-as-is", `${site.url}/disk/${encodeURIComponent(name)}/x`);
			expect([name, answer]).toEqual([name, expect.stringMatching(/^HTTP\/1.1 40[14] /)]);
		}
		expect(await curl(`${site.url}/disk/Public%20file`)).toBe("public");
	});

	test("B11 a folder without its slash, a file of which the compressed one is stored, content() resumed", async () => {
		mkdirSync(join(folder, "docs"));
		writeFileSync(join(folder, "docs/index.html"), "<p>docs");
		writeFileSync(join(folder, "only.txt.gz"), gzipSync(script));
		const shown = ["-L", "-w", " %{url_effective}"];
		expect(await curl(...shown, `${site.url}/disk/docs?a`)).toBe(`<p>docs ${site.url}/disk/docs/?a`);
		expect(await curl("--compressed", `${site.url}/disk/only.txt`)).toBe(script);
		expect(await curl("-i", "-H", "Accept-Encoding: identity", `${site.url}/disk/only.txt`)).toMatch(/^HTTP\/1.1 406 /);
		const page = await curl(`${site.url}/`);
		expect(await curl("-r", "5-9", `${site.url}/`)).toBe(page.slice(5, 10));
		const tags = join(folder, "page-tags");
		const code = ["-o", join(folder, "page"), "-w", "%{http_code}"];
		expect(await curl(...code, "--etag-save", tags, `${site.url}/`)).toBe("200");
		expect(await curl(...code, "--etag-compare", tags, `${site.url}/`)).toBe("304");
	});

	test("B11 no way out of the folder", async () => {
		for (const path of ["../secret", "%2e%2e/secret", "..%2fsecret", "..%5csecret", "/etc/passwd"])
			expect(await curl("-i", "--path-as-is", `${site.url}/flash/${path}`)).toMatch(/^HTTP\/1.1 40[04] /);
	});
});
