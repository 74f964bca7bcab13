// Z12: a head of a kilobyte or two that is nothing but separators was taken apart to thirty and more bytes for each of them,
// beside what is charged: one GET with a path of slashes, a query of names or a list of entity tags made XS run out of memory on
// an ESP32-C3. So it was where separators were replaced to see what is left: XS keeps each of them until all have been found.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Desk } from "../../desk";
import { askByThree, blockLowest, startSite } from "./client";

let desk: Desk;
let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ desk, port, stop } = await startSite("esp32c3", "features-site"));
});

const get = (target: string, ...fields: string[]) =>
	`GET ${target} HTTP/1.1\r\nHost: a\r\n${fields.map(each => `${each}\r\n`).join("")}\r\n`;
const page = (field: string) => get("/memory/page.html", field);

const heads: readonly (readonly [name: string, text: string, status: number])[] = [
	["a path of slashes", get(`/${"/".repeat(950)}`), 414],
	["a path of 257 segments", get("/a".repeat(257)), 414],
	["a path of 64 segments", get("/a".repeat(64)), 404],
	["a path of 65 segments", get("/a".repeat(65)), 414],
	["a path of 256 segments", get("/a".repeat(256)), 414],
	["a path of a file with 470 segments", get(`/memory/${"a/".repeat(450)}`), 414],
	["a path of a file with slashes that are encoded", get(`/memory/${"a%2f".repeat(200)}`), 404],
	["a query of 256 names", get(`/json?${"a&".repeat(256)}`), 413],
	["a query of 40 names", get(`/json?${"a&".repeat(40)}`), 200],
	["64 cookies", get("/json", `Cookie: ${"a=b;".repeat(64)}`), 200],
	["a Cookie field of separators", get("/json", `Cookie: ${";".repeat(1800)}`), 200],
	["a request line of spaces", `GET /${" ".repeat(950)} HTTP/1.1\r\nHost: a\r\n\r\n`, 400],
	["a version of points", `GET / HTTP/1.${".".repeat(900)}\r\nHost: a\r\n\r\n`, 400],
	["a date of spaces", page(`If-Modified-Since: ${"a ".repeat(900)}`), 200],
	["entity tags with nothing but commas between them", page(`If-None-Match: ${"a,".repeat(900)}`), 200],
	["entity tags behind commas", page(`If-None-Match: ${",".repeat(1800)}"a"`), 200],
	["a range of digits", page(`Range: bytes=${"0".repeat(1800)}-`), 206],
	["a value behind spaces", get("/", "Expect: 100-continue", `X: ${" ".repeat(1800)}a`), 200],
	["a value behind tabs", get("/", "Expect: 100-continue", `X: ${"\t".repeat(1800)}a`), 200],
	["options of Kelvin signs", get("/", "Expect: 100-continue", `Connection: ${"\xe2\x84\xaaa".repeat(450)}`), 200],
	["a field name without end", get("/", "Expect: 100-continue", `${"x".repeat(1800)}: a`), 200],
	["a host without end", get("/").replace("Host: a", `Host: ${"a".repeat(1800)}`), 400],
	["a path of backslashes", get(`/.${"\\a".repeat(450)}`), 400],
	["a query of plus signs", get(`/json?a=${"+a".repeat(450)}`), 200],
	[
		"a name of escapes between letters",
		get("/digest/x", `Authorization: Digest username="${'a\\"'.repeat(600)}"`),
		401
	],
	["entity tags without end", page(`If-None-Match: ${'"'.repeat(1800)}`), 200],
	["a list of codings", page(`Accept-Encoding: ${"a/,".repeat(600)}`), 200],
	["ranges", page(`Range: bytes=${"0-1,".repeat(450)}`), 200],
	["an origin of schemes", get("/shared/x", `Origin: ${"://".repeat(600)}`), 200],
	["a name of apostrophes", get("/digest/x", `Authorization: Digest username*=${"'".repeat(1800)}`), 401],
	["a name of escapes", get("/digest/x", `Authorization: Digest username="${'\\"'.repeat(700)}"`), 401],
	["credentials of colons", get("/basic/x", `Authorization: Basic ${btoa(":".repeat(1300))}`), 401]
];

describe("Z12 odd heads in an ESP32-C3's memory", () => {
	test.each(heads)("%s", async (_, text, status) => {
		expect(await askByThree(port, text)).toEqual([status, status, status]);
	});

	test("they have left a good part of the block free, and nothing is charged", async () => {
		expect(await blockLowest(port)).toBeGreaterThan(2048);
		expect(desk.output).not.toContain("out of memory");
		await stop();
	});
});
