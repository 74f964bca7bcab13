// Z12: names that clients choose, of files, in forms, in a log, took up to 39 kB beside what is charged: one GET with quotes in its
// `User-Agent`, or with ampersands that are sent back in a redirect, made XS run out of memory on an ESP32-C3.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Desk } from "../../desk";
import { askByThree, blockLowest, startSite } from "./client";

let desk: Desk;
let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ desk, port, stop } = await startSite("esp32c3", "names-site"));
});

const get = (target: string, ...fields: string[]) =>
	`GET ${target} HTTP/1.1\r\nHost: a\r\n${fields.map(each => `${each}\r\n`).join("")}\r\n`;
const post = (target: string, type: string, content: string) =>
	`POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
const form = (parameters: string) => post("/form", `application/x-www-form-urlencoded${parameters}`, "a=b");
const part = (name: string) =>
	post(
		"/parts",
		"multipart/form-data; boundary=b",
		`--b\r\nContent-Disposition: form-data; name=a; ${name}\r\n\r\nx\r\n--b--\r\n`
	);
const upgrade = (protocols: string) =>
	get(
		"/ws",
		"Connection: Upgrade",
		"Upgrade: websocket",
		"Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
		`Sec-WebSocket-Protocol: ${protocols}`
	);

const requests: readonly (readonly [name: string, text: string, status: number])[] = [
	["a logged target of quotes", get(`/log/${'"'.repeat(900)}`), 200],
	["a logged program of quotes", get("/log/", `User-Agent: ${'"'.repeat(1800)}`), 200],
	["a logged program of quotes and letters", get("/log/", `User-Agent: ${'"a'.repeat(900)}`), 200],
	["a redirect to ampersands", get(`/redirect?${"&".repeat(900)}`), 302],
	["a folder asked for with ampersands", get(`/files/dir?${"&".repeat(900)}`), 307],
	["a file of plus signs", get(`/files/${"+a".repeat(460)}`), 404],
	["a file of letters beyond ASCII", get(`/files/${"%C3%A4a".repeat(130)}`), 404],
	["a file of ligatures", get(`/files/${"%EF%B7%BA".repeat(100)}`), 404],
	["a token of equals signs", get("/bearer/x", `Authorization: Bearer ${"=".repeat(1800)}`), 401],
	["a token of slashes", get("/bearer/x", `Authorization: Bearer ${"a/".repeat(900)}`), 401],
	["subprotocols behind spaces", upgrade(`${" ".repeat(1600)},a`), 400],
	["a type with escapes", form(`; a="${'a\\"'.repeat(590)}"`), 200],
	["a type with spaces", form(`;${" ".repeat(1750)};a=b`), 200],
	["a part of words", part(`filename="=?${" ".repeat(430)}?="`), 200],
	["a part of a word of question marks", part(`filename="=?${"?".repeat(430)}?="`), 200],
	["a part with percent signs", part(`filename*=UTF-8''${"%".repeat(420)}`), 200],
	["a part of control characters", part(`filename*=UTF-8''${"%01".repeat(140)}`), 200],
	["a part of dots", part(`filename="${".".repeat(420)}"`), 200]
];

describe("Z12 names that clients choose in an ESP32-C3's memory", () => {
	test.each(requests)("%s", async (_, text, status) => {
		expect(await askByThree(port, text)).toEqual([status, status, status]);
	});

	test("they have left most of the block free, and nothing is charged", async () => {
		expect(await blockLowest(port)).toBeGreaterThan(12 * 1024);
		expect(desk.output).not.toContain("out of memory");
		await stop();
	});
});
