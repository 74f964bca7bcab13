// Text in requests and responses on real XS, whose own decoder takes what is no UTF-8.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { badUtf8, escaped, goodUtf8 } from "../../unit/text/utf8-vectors";
import { type Site, startSite, talk, variants } from "./site";

const latin1 = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex").toString("latin1");

describe.each(variants)("text on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant, { maxConnections: 64 });
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	const ask = async (line: string, fields = "", content = "") => {
		const head = `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}Content-Length: ${content.length}\r\n\r\n`;
		const received = await talk(site.port, [head + content]);
		return { status: Number(received.split(" ")[1]), body: received.slice(received.indexOf("\r\n\r\n") + 4) };
	};
	const form = "Content-Type: application/x-www-form-urlencoded\r\n";
	const multipart = "Content-Type: multipart/form-data; boundary=b\r\n";
	const part = (content: string) => `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${content}\r\n--b--\r\n`;

	test.each(goodUtf8)("Z8 UTF-8 taken and sent back: %s", async (hex, text) => {
		expect(await ask("POST /text", "", latin1(hex))).toEqual({ status: 200, body: latin1(hex) });
		const pairs = (await ask("POST /form", form, `a=${escaped(hex)}`)).body;
		expect(JSON.parse(Buffer.from(pairs, "latin1").toString())).toEqual([["a", text]]);
		const parts = (await ask("POST /parts", multipart, part(latin1(hex)))).body;
		expect(JSON.parse(Buffer.from(parts, "latin1").toString())).toEqual(["a", text]);
	});

	test.each(badUtf8)(
		"Z8 UTF-8 refused in content, forms, paths and targets, not in fields that nobody reads: %s",
		async hex => {
			expect((await ask("POST /text", "", latin1(hex))).status).toBe(400);
			expect((await ask("POST /form", form, `a=${escaped(hex)}`)).status).toBe(400);
			expect((await ask("POST /parts", multipart, part(latin1(hex)))).status).toBe(400);
			expect((await ask(`GET /hello/${escaped(hex)}`)).status).toBe(400);
			for (const name of ["Referer", "User-Agent", "Cookie"])
				expect((await ask("GET /", `${name}: ${latin1(hex)}\r\n`)).status).toBe(200);
			expect((await ask(`GET /hello/${latin1(hex)}`)).status).toBe(400);
		}
	);

	test("Z8 lone surrogates leave as U+FFFD, pairs and NUL as they are", async () => {
		const { body } = await ask(`GET /units/${[0x61, 0xd800, 0x62, 0xdc00, 0xd83d, 0xde00, 0, 0xe9].join(",")}`);
		expect(Buffer.from(body, "latin1").toString()).toBe("a\ufffdb\ufffd😀\0é");
	});
});
