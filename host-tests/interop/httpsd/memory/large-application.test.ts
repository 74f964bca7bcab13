// Applications that leave less of XS's block than `memory` may take, which is twice its bytes, for what slots once were may never be
// chunks' again. The server grants what there is: without that, the second made an ESP32-C3 restart.
import { expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { until } from "../../../deadline";
import { askAtOnce, type Client, open, startSite } from "./client";

const request = (path: string, fields: string, content: string) =>
	`POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${content}`;
const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx';
/** Much of slots, then much of chunks; none is complete. */
const unfinished = [
	request("/parts", "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 600", part),
	request("/text", "Content-Length: 2048", "x".repeat(2047)),
	request("/text", "Transfer-Encoding: chunked", `7d0\r\n${"x".repeat(2000)}\r\n`),
	request("/text", "Content-Length: 2048", "x".repeat(2047))
];

async function isServed(port: number): Promise<boolean> {
	const client = await open(port, 0).catch(() => undefined);
	const status = await client?.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	client?.close();
	return status === 200;
}

test.concurrent.each([
	["47 kB", 6],
	["53 kB", 9]
])("Z12 an application of %s outlives clients that hold content on all places", async (_, kilobytes) => {
	const { port, stop } = await startSite("esp32c3", "memory-site", { kilobytes });
	for (const text of unfinished) {
		const clients: Client[] = [];
		const asked = Array.from({ length: httpLimits.maxConnections }, async () => {
			const client = await open(port);
			clients.push(client);
			return client.send(text, all => all.includes("\r\n\r\n"));
		});
		await new Promise(resolve => setTimeout(resolve, 2500));
		for (const client of clients) client.close();
		// No answer yet, or that it has come too late, or that there is no memory now.
		for (const answer of await Promise.all(asked)) expect(answer).toMatch(/^(HTTP\/1\.1 (408|503) |$)/);
		// There may be one place, and others who hold it leave it when they have been waited for.
		await until(() => isServed(port), "a good client is served", 60_000);
	}
	await stop();
});

test.concurrent("Z12 an application of 45 kB is served content, one request after the other", async () => {
	const { port, stop } = await startSite("esp32c3", "memory-site", { kilobytes: 5 });
	for (let count = 0; count < 4; count++) {
		const client = await open(port);
		expect(await client.ask(request("/text", "Content-Length: 2048", "x".repeat(2048)))).toBe(200);
		client.close();
	}
	await stop();
});

// Each was accepted as long as XS had room for it without content, which none had then: all waited for memoryTimeout, and were refused.
test.each<[string, number, boolean]>([
	["51 kB", 8, false],
	["55 kB", 10, false],
	["55 kB without TLS", 10, true]
])(
	"Z12 four at once send content to an application of %s: they wait for each other, and all are served",
	async (_, kilobytes, isPlain) => {
		const config = { kilobytes, memoryTimeout: 60_000, ...(isPlain ? { isPlain } : {}) };
		const { port, stop } = await startSite("esp32c3", "memory-site", config);
		const text = request("/text", "Connection: close\r\nContent-Length: 2048", "x".repeat(2048));
		for (let round = 0; round < 3; round++)
			expect(await askAtOnce(port, text, 4, isPlain)).toEqual([200, 200, 200, 200]);
		await stop();
	}
);

// While it held memory connections were let in as if the others took no more.
test("Z12 an application of 48 kB that holds memory outlives long paths", async () => {
	const config = { kilobytes: 5, areWaiting: true, holds: 3000 } as const;
	const { port, stop } = await startSite("esp32c3", "memory-site", config);
	const request = `GET /below${"/a".repeat(61)} HTTP/1.1\r\nHost: a\r\n\r\n`;
	const clients = await Promise.all(Array.from({ length: 8 }, () => open(port, 0).catch(() => undefined)));
	await Promise.all(clients.map(client => client?.send(request, all => all.includes("\r\n\r\n"), 2000)));
	for (const client of clients) client?.close();
	await stop();
});
