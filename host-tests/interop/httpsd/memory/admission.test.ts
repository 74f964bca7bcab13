// Z12: an application that takes more than 51 kB of an ESP32-C3's block was ended by clients on all places, for XS was not asked whether it had room
// for as many. As many are accepted now as there is room for, and where there is none for one the server says so.
import { expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { type Platform, startDesk } from "../../desk";
import { type Client, open, startSite } from "./client";

const head = (line: string, ...fields: string[]) =>
	`${line} HTTP/1.1\r\nHost: a\r\n${fields.map(field => `${field}\r\n`).join("")}\r\n`;
const chunked = "Transfer-Encoding: chunked";
const lines = Array.from({ length: 40 }, (_, index) => `a${index}: ${"y".repeat(40)}`);
/** What ended applications of 55 kB to 67 kB, on all places at once; none is complete. */
const attacks: Readonly<Record<string, string>> = {
	trailers: `${head("POST /text", chunked)}1\r\nx\r\n0\r\n${"a:\r\n".repeat(63)}`,
	"trailers in no UTF-8": `${head("POST /text", chunked)}0\r\nX: ${"\xe9".repeat(1015)}\r\n`,
	"long heads": head(`GET /nowhere?${"a".repeat(1000)}`, ...lines).slice(0, -2),
	content: `${head("POST /text", "Content-Length: 2048")}${"x".repeat(2047)}`,
	parts: `${head("POST /parts", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 600")}--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx`,
	"handlers that wait": head(`GET /patient?${"%ff".repeat(330)}`),
	"broken records": "\x17\x03\x03\x40\x11",
	"event streams": head("GET /events")
};

/** One of them for each of eight clients, who leave it so. */
async function attack(port: number, texts: readonly string[]): Promise<void> {
	const clients: Client[] = [];
	const enter = async (text: string) => {
		const client = await open(port, 0).catch(() => undefined);
		if (client === undefined) return;
		clients.push(client);
		await client.send(text, all => all.includes("\r\n\r\n"), 1000);
	};
	await Promise.all(Array.from({ length: 8 }, (_, index) => enter(texts[index % texts.length] as string)));
	for (const client of clients) client.close();
}

test.each([3, 7.5, 10, 12, 14])("Z12 an application with %d times 4 kB outlives all at once on all places", async size => {
	const { desk, port, stop } = await startSite("esp32c3", "memory-site", { kilobytes: size });
	const texts = Object.values(attacks);
	for (const each of [...texts.map(text => [text]), texts]) {
		await attack(port, each);
		let answer: number | undefined;
		const isServed = async () => {
			const client = await open(port, 0).catch(() => undefined);
			answer = await client?.ask(head("GET /"));
			client?.close();
			return answer === 200;
		};
		await until(isServed, () => `a good client: ${answer}, ${desk.output}`, 60_000);
	}
	await stop();
});
