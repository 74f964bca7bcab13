// Z12: an application that takes more than 51 kB of an ESP32-C3's block was ended by clients on all places, for XS was not asked whether it had room
// for as many. As many are accepted now as there is room for, and where there is none for one the server says so.
import { connect } from "node:tls";
import { expect, test } from "@jest/globals";
import { setDeadline, until } from "../../../deadline";
import { open, startSite } from "./client";

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

/** One of them for each of eight clients, more than there are places; who is let in sends it, and all leave together. */
async function attack(port: number, texts: readonly string[]): Promise<void> {
	const sockets = Array.from({ length: 8 }, (_, index) => {
		const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
		const text = texts[index % texts.length] as string;
		return socket.on("error", () => {}).on("secureConnect", () => void socket.write(text, "latin1"));
	});
	await new Promise<void>(resolve => void setDeadline(700, () => resolve()));
	for (const socket of sockets) socket.destroy();
}

async function isServed(port: number): Promise<boolean> {
	const client = await open(port, 0).catch(() => undefined);
	const status = await client?.ask(head("GET /"));
	client?.close();
	return status === 200;
}

test.concurrent.each([
	["45 kB", 5],
	["51 kB", 8],
	["55 kB", 10],
	["59 kB", 12]
])("Z12 an application of %s outlives each and all at once, on more than all places", async (_, kilobytes) => {
	const { desk, port, stop } = await startSite("esp32c3", "memory-site", { kilobytes });
	const texts = Object.values(attacks);
	for (const each of [...texts.map(text => [text]), texts]) {
		await attack(port, each);
		expect(desk.output).not.toContain("out of memory");
	}
	await until(
		() => isServed(port),
		() => `a good client: ${desk.output}`
	);
	await stop();
});

test.concurrent("Z12 the same clients end an application of 59 kB on a server that accepts whoever comes, so they prove something", async () => {
	const { desk, port } = await startSite("esp32c3", "memory-site", { kilobytes: 12, admitsAll: true });
	const isOver = () => desk.output.includes("out of memory");
	const all = Object.values(attacks);
	for (let round = 0; round < 20 && !isOver(); round++)
		for (const text of all) if (!isOver()) await attack(port, [text]);
	expect(isOver()).toBe(true);
	expect((await desk.stop()).code).not.toBe(0);
});

test.concurrent("Z12 an application of 65 kB leaves no room for one connection: the server says so, and does not start", async () => {
	const starting = startSite("esp32c3", "memory-site", { kilobytes: 15 });
	await expect(starting).rejects.toThrow(
		/One connection may take \d+ bytes of XS's slots and \d+ of its chunks, and \d+ are left/
	);
});
