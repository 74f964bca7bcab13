// XS keeps the name of each property for ever, on most devices in a table of a fixed size: no client may choose one.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Site, startSite, talk, variants } from "./site";

interface Memory {
	readonly slots: number;
	readonly chunks: number;
}

describe.each(variants)("names that clients choose on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant);
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	async function ask(first: string, fields = "", content = ""): Promise<string> {
		const length = content === "" ? "" : `Content-Length: ${content.length}\r\n`;
		const head = `${first} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${length}${fields}\r\n`;
		const received = await talk(site.port, [head + content]);
		return received.slice(received.indexOf("\r\n\r\n") + 4);
	}

	const measure = async () => JSON.parse(await ask("GET /memory")) as Memory;
	let last = 0;
	/** A text that has not been sent yet. */
	const next = () => `name-${++last}`;
	const many = (count: number, form: (name: string) => string, separator: string) =>
		Array.from({ length: count }, () => form(next())).join(separator);

	const json = () => ask("POST /json", "", `{"on":true,${many(1000, name => `"${name}":{"${next()}":1}`, ",")}}`);
	const urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";
	const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"; ${name}=1\r\n\r\nx\r\n`;
	const sent: Record<string, () => Promise<string>> = {
		"the properties of JSON": json,
		"the fields of a form": () =>
			ask(
				"POST /form",
				urlencoded,
				many(250, name => `${name}=1`, "&")
			),
		"the parts of a form": () =>
			ask("POST /parts", "Content-Type: multipart/form-data;boundary=b\r\n", `${many(50, part, "")}--b--\r\n`),
		"header fields": () =>
			ask(
				"GET /",
				many(60, name => `${name}: ${next()}\r\n`, "")
			),
		cookies: () => ask("GET /names", `Cookie: ${many(250, name => `${name}=1`, "; ")}\r\n`),
		"the query": () => ask(`GET /names?${many(100, name => `${name}=1`, "&")}`),
		paths: () => ask(`GET /hello/${next()}`),
		"files, methods and media types": async () => {
			await ask(`GET /memory/${next()}.${next()}`);
			return ask(`${next()} /`, `Content-Type: ${next()}; ${many(50, name => `${name}=1`, ";")}\r\n`);
		},
		credentials: () => ask("GET /digest/x", `Authorization: Digest ${many(100, name => `${name}=1`, ",")}\r\n`)
	};

	test.each(Object.keys(sent))("%s become no keys of XS that are never freed", async what => {
		const send = sent[what] as () => Promise<string>;
		for (let round = 0; round < 3; round++) await send();
		const before = await measure();
		const first = last;
		while (last < first + 400) await send();
		const names = last - first;
		const { slots, chunks } = await measure();
		// A key takes a slot and a chunk, 48 bytes at least.
		expect(slots - before.slots + (chunks - before.chunks)).toBeLessThan(2000 + 10 * names);
	});

	test("json() takes over the named properties, at any depth", async () => {
		const content = '{"on":true,"other":[1],"level":[{"on":{"level":1,"x":2}}],"__proto__":{"on":1}}';
		expect(await ask("POST /json", "", content)).toBe('{"on":true,"level":[{"on":{"level":1}}]}');
		expect(await ask("POST /json", "", '[1,"a",null]')).toBe('[1,"a",null]');
	});
});
