// Z12: what a client has sent and a handler has not come to yet was in no budget: of a trailer section each line, and its field, and
// of a multipart form the heads of all parts in the piece that was read. Four clients so held 20 kB of an ESP32-C3's block.
import { beforeAll, expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { type Client, open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "patient-site", { isHeld: true }));
});

const chunked = (trailers: string) =>
	`POST /text HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n${trailers}`;
const form = (parts: string) =>
	`POST /parts HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 2000\r\n\r\n--b\r\nContent-Disposition: form-data; name=a\r\n${parts}`;
const lines = (count: number) => "a:\r\n".repeat(count);

interface Figures {
	readonly places: number;
	readonly used: number;
	readonly held: number;
}

async function measure(): Promise<Figures> {
	const client = await open(port);
	await client.fetch("/figures");
	const { slots, chunks, used, places } = JSON.parse(await client.fetch("/figures"));
	client.close();
	return { places, used, held: slots + chunks };
}

/** Lets all handlers go on that wait. */
async function release(): Promise<void> {
	const client = await open(port);
	expect(await client.ask("GET /release HTTP/1.1\r\nHost: a\r\n\r\n")).toBe(200);
}

const clients = 2;

/** What is held, and is charged, while so many clients have sent that: each. */
async function holding(request: string): Promise<Figures> {
	let before = await measure();
	const isQuiet = async () => {
		await release();
		before = await measure();
		return before.places === 1 && before.used < 700;
	};
	await until(isQuiet, () => JSON.stringify(before), 30_000);
	const all: Client[] = [];
	for (let count = 0; count < clients; count++) {
		const client = await open(port);
		all.push(client);
		await client.send(request, () => false, 200);
	}
	// Until all that they have sent has been read, and nobody else is there.
	let after = await measure();
	const isStill = async () => {
		const { used } = after;
		after = await measure();
		return after.used === used && after.places === clients + 1;
	};
	await until(isStill, () => JSON.stringify(after), 30_000);
	for (const client of all) client.close();
	const each = (name: "used" | "held") => (after[name] - before[name]) / clients;
	return { places: after.places, used: each("used"), held: each("held") };
}

test.each([
	["content that has come", chunked("\r\n")],
	["a trailer section that goes on", chunked(lines(63))],
	["a trailer section that has come", chunked(`${lines(63)}\r\n`)],
	["trailers of 14 bytes", chunked(`${"trailer: value\r\n".repeat(50)}\r\n`)],
	["a part", form("\r\n")],
	["parts without a name", form(`\r\n${"\r\n--b\r\n\r\n".repeat(50)}`)],
	["the fields of a part", form(`${lines(15)}\r\n`)]
])("Z12 %s: what it takes beside a silent connection is charged", async (_, request) => {
	await holding("");
	const [silent, { held, used }] = [await holding(""), await holding(request)];
	expect([silent.used, used > 4000]).toEqual([0, true]);
	expect(held).toBeLessThan(silent.held + used + 768);
});

test("Z12 nothing is charged once all have left", async () => {
	await release();
	await stop();
});
