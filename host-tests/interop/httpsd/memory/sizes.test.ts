// Z12: as many clients as there are places ask for more than an ESP32-C3 has. XS must not run out of memory, which would
// end the host with status 3; a good client is answered behind each; and nothing stays charged.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import type { Desk } from "../../desk";
import { open, startSite } from "./client";

let desk: Desk;
let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ desk, port, stop } = await startSite("esp32c3", "memory-site", { isImpatient: true }));
});

const places = 4;
const form = "Content-Type: application/x-www-form-urlencoded\r\n";
const multipart = "Content-Type: multipart/form-data; boundary=b\r\n";
const part = (size: number) => `--b\r\nContent-Disposition: form-data; name=a\r\n\r\n${"x".repeat(size)}\r\n--b--\r\n`;
const post = (path: string, body: string, fields = "") =>
	`POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;
const get = (target: string, fields = "") => `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;
const chunks = (count: number) =>
	`POST /bytes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(count)}0\r\n\r\n`;

const requests: readonly (readonly [name: string, text: string])[] = [
	...[2000, 20_000, 60_000].flatMap(
		size =>
			[
				[`${size} bytes to text()`, post("/text", "x".repeat(size))],
				[`${size} bytes to bytes()`, post("/bytes", "x".repeat(size))],
				[`${size} NULs to text()`, post("/text", "\0".repeat(size))],
				[`${size} bytes of numbers to json()`, post("/json", `[${"0,".repeat(size / 2 - 2)}0]`)],
				[`${size} bytes of objects to json()`, post("/json", `[${"{},".repeat(size / 3 - 2)}0]`)],
				[`${size} separators to form()`, post("/form", "&".repeat(size), form)],
				[`${size} separators to fields()`, post("/fields", "&".repeat(size), form)],
				[`${size} bytes to parts()`, post("/parts", part(size), multipart)],
				[`${size / 4} chunks of one byte`, chunks(size / 4)]
			] as const
	),
	["a query of nothing but separators", get(`/query?${"&".repeat(900)}`, `Cookie: ${";".repeat(900)}\r\n`)],
	["a head of 500 lines", get("/", "a:\r\n".repeat(500))],
	["a head of 8 kB", get("/", `X: ${"x".repeat(8000)}\r\n`)],
	["300 pipelined heads", get("/").repeat(300)],
	["a response of 200 kB", get("/pieces/200")],
	["a long text", get("/long")]
];

describe("Z12 memory of an ESP32-C3", () => {
	test.each(requests)("%s, by as many clients as there are places", async (_, text) => {
		const statuses = await Promise.all(Array.from({ length: places }, () => open(port).then(each => each.ask(text))));
		// Who was cut off has no status: its client was still sending when the refusal was due.
		for (const status of statuses) expect([undefined, 200, 413, 431, 503]).toContain(status);
		const good = await open(port);
		expect(await good.ask(get("/"))).toBe(200);
		good.close();
		expect(desk.output).not.toContain("out of memory");
	});

	test("the budget is all free at the end", async () => {
		let memory = { used: Number.NaN, peak: 0, limit: 0 };
		const measure = async () => {
			const last = await open(port);
			expect(await last.ask(get("/memory"))).toBe(200);
			memory = JSON.parse(/\{.*\}/.exec(last.text)?.[0] ?? "{}");
			last.close();
		};
		// Those who were cut off may still be leaving; and there is this request's own head.
		const isFree = () => measure().then(() => memory.used < 700);
		await until(isFree, () => `a free budget: ${memory.used} bytes are charged`);
		expect(memory.peak).toBeGreaterThan(memory.limit / 2);
	});

	test("nothing is charged once all have left", () => stop());
});
