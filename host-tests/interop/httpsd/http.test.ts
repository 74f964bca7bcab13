// The HTTP server on real XS over real TCP, driven by clients that are not ours.

import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { curl, type Site, startSite, variants } from "./site";

describe.each(variants)("HTTP on the desk host, %s", variant => {
	let site: Site;
	const folder = mkdtempSync(join(tmpdir(), "http-"));
	const upload = join(folder, "upload");

	beforeAll(async () => {
		site = await startSite(variant, { maxConnections: 32 });
		writeFileSync(upload, randomBytes(300_000));
	});
	afterAll(async () => {
		rmSync(folder, { recursive: true });
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** One request by Node's client. */
	const ask = (agent: Agent, path: string) =>
		new Promise<string>((resolve, reject) => {
			const sent = request(`${site.url}${path}`, { agent }, response => {
				let text = "";
				response.on("data", chunk => {
					text += chunk;
				});
				response.on("end", () => resolve(text));
			});
			sent.on("error", reject).end();
		});

	test("B12 serves a page, parameters, late answers, HEAD and errors", async () => {
		expect(await curl(`${site.url}/`)).toContain("Served by XS");
		expect(await curl(`${site.url}/hello/w%C3%B6rld`)).toBe(Buffer.from("Hello, wörld").toString("latin1"));
		expect(await curl(`${site.url}/later`)).toBe("later");
		expect(await curl("-I", `${site.url}/`)).toMatch(/^HTTP\/1.1 200 OK\r\n(.*\r\n)*content-length: 49\r\n/);
		const failure = await curl("-i", `${site.url}/fail`);
		expect(failure).toMatch(/^HTTP\/1.1 500 /);
		expect(failure).not.toContain("internal words");
		expect(await curl("-i", "-X", "DELETE", `${site.url}/`)).toMatch(
			/^HTTP\/1.1 405 (.*\r\n)*allow: GET, HEAD, OPTIONS/
		);
	});

	test("B11 uploads and downloads 300 kB, sized, chunked, with 100-continue", async () => {
		const file = `@${upload}`;
		const whole = readFileSync(upload).toString("latin1");
		expect(await curl("--data-binary", file, `${site.url}/echo`)).toBe(whole);
		expect(await curl("-H", "Expect:", "--data-binary", file, `${site.url}/echo`)).toBe(whole);
		expect(await curl("-H", "Transfer-Encoding: chunked", "--data-binary", file, `${site.url}/echo`)).toBe(whole);
		expect(await curl("--http1.0", "--data-binary", file, `${site.url}/echo`)).toBe(whole);
		expect(await curl("-H", "Expect: 100-continue", "-T", upload, `${site.url}/sum`)).toContain('"bytes":300000');
		expect((await curl(`${site.url}/big/1000000`)).length).toBe(1_000_000);
		expect((await curl("--limit-rate", "2M", `${site.url}/big/1000000`)).length).toBe(1_000_000);
	});

	test("B11 content over the limit is 413, and curl reads the response", async () => {
		const parameters = ["-o", join(folder, "out"), "-w", "%{http_code}", "--data-binary", `@${upload}`];
		expect(await curl(...parameters, `${site.url}/text`)).toBe("413");
	});

	test("B11 keep-alive: Node's client makes 100 requests on one connection, 20 at once on many", async () => {
		const one = new Agent({ keepAlive: true, maxSockets: 1 });
		for (let turn = 0; turn < 100; turn++) expect(await ask(one, `/hello/${turn}`)).toBe(`Hello, ${turn}`);
		one.destroy();
		const many = new Agent({ keepAlive: true, maxSockets: 20 });
		const answers = await Promise.all(Array.from({ length: 200 }, (_, turn) => ask(many, `/hello/${turn}`)));
		expect(answers).toEqual(Array.from({ length: 200 }, (_, turn) => `Hello, ${turn}`));
		many.destroy();
	});

	test("B1 stop frees the port: the server starts again at once", async () => {
		expect(await curl(`${site.url}/stop`)).toBe("stopping");
		await site.desk.waitForLine(/port \d+[\s\S]*port (\d+)/);
		const port = Number([...site.desk.output.matchAll(/port (\d+)/g)].at(-1)?.[1]);
		site = { ...site, port, url: `http://127.0.0.1:${port}` };
		expect(await curl(`${site.url}/later`)).toBe("later");
	});
});
