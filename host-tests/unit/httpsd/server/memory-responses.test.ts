// Z12: a response is sent in pieces of what the client takes, however long it is: it is never refused for its length.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { FakeClient } from "../fake-socket";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const places = 8;
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const page = "0123456789abcdef".repeat(4000);
const bytes = new Uint8Array(64_000).fill(120);

/** 1,350 for each of eight places, 21,600 for all, of which one may hold half. */
function makeServer(memory = 33_000) {
	const server = serve({
		memory,
		maxConnections: places,
		maxKeptHead: 100,
		maxBufferedBody: 1,
		coalesce: 1000,
		highWater: 1000
	});
	server.get("/page", (_, response) => response.send(page));
	server.get("/own/:id", (request, response) => response.send(`${request.params.id}${page}`));
	server.get("/part/:id", (request, response) => response.send(`${request.params.id}${page.slice(0, 8000)}`));
	server.get("/bytes", (_, response) => response.send(bytes));
	server.get("/pieces/:size", async (request, response) => {
		const piece = "x".repeat(Number(request.params.size));
		for (let count = 0; count < 20; count++) await response.write(piece);
		response.end();
	});
	server.get("/", (_, response) => response.send("good"));
	return server;
}

async function slowClients(path: (index: number) => string): Promise<FakeClient[]> {
	const clients: FakeClient[] = [];
	for (let index = 0; index < places; index++) {
		const client = await connect();
		client.accept(0);
		client.send(get(path(index)));
		clients.push(client);
	}
	await settle();
	return clients;
}

/** All that the clients are sent, as they make room for a bit of it in turn. */
async function takeAll(clients: readonly FakeClient[]): Promise<string[]> {
	const texts = clients.map(client => client.take());
	for (let round = 0; round < 400; round++) {
		for (const [index, client] of clients.entries()) {
			if (!client.closed) client.accept(700);
			texts[index] += client.take();
		}
		await jest.advanceTimersByTimeAsync(1);
	}
	return texts;
}

describe("Z12 a long response", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("the same text or bytes for as many slow clients as there are places: counted once, sent whole", async () => {
		for (const [path, content] of [
			["/page", page],
			["/bytes", "x".repeat(64_000)]
		] as const) {
			const server = makeServer();
			const clients = await slowClients(() => path);
			expect(server.memory.peak).toBeLessThan(33_000);
			const answers = (await takeAll(clients)).map(parse);
			for (const answer of answers) expect([answer.status, answer.body === content]).toEqual([200, true]);
			for (const peer of server.peers) peer.destroy();
			expect([server.memory.used, server.memory.refused]).toEqual([0, 0]);
		}
	});

	test("who is first of those that send the same leaves, and the others go on", async () => {
		const server = makeServer();
		const [first, ...others] = await slowClients(() => "/page");
		server.peers[0]?.destroy();
		expect(first?.closed).toBe(true);
		expect(server.memory.used).toBeGreaterThan(2000);
		const answers = (await takeAll(others)).map(parse);
		for (const answer of answers) expect([answer.status, answer.body.length]).toEqual([200, page.length]);
	});

	test("longer than one connection may hold, and another for each: one at a time is sent whole, others get 503 with Retry-After", async () => {
		const server = makeServer();
		const clients = await slowClients(index => `/own/${index}`);
		const answers = (await takeAll(clients)).map(parse);
		const served = answers.filter(({ status }) => status === 200);
		expect(served.length).toBe(1);
		for (const answer of served) expect(answer.body.length).toBe(page.length + 1);
		for (const { status, headers } of answers)
			if (status !== 200) expect([status, headers["retry-after"]]).toEqual([503, "1"]);
		expect(server.memory.peak).toBeLessThanOrEqual(33_000);
	});

	test("of which the client takes a part at once: all of it counts, or it is cut where there is no room for that", async () => {
		const server = makeServer(33_000);
		const clients: FakeClient[] = [];
		const content = page.slice(0, 8000);
		for (let index = 0; index < 5; index++) {
			const client = await connect();
			client.accept(6000);
			client.send(get(`/part/${index}`));
			clients.push(client);
			await settle();
			// 8,000 of the first two, and some 1,900 of the others, which have been cut.
			const least = index < 2 ? 8000 * (index + 1) : 16_000 + 1800 * (index - 1);
			expect([index, server.memory.used]).toEqual([index, expect.any(Number)]);
			expect(server.memory.used).toBeGreaterThan(least);
			expect(server.memory.used).toBeLessThan(least + 1000 * (index + 1));
		}
		const answers = (await takeAll(clients)).map(parse);
		for (const [index, answer] of answers.entries())
			expect([answer.status, answer.body === `${index}${content}`]).toEqual([200, true]);
		for (const peer of server.peers) peer.destroy();
		expect(server.memory.used).toBe(0);
	});

	test.each([100, 900, 1500, 3000])("pieces of %i that wait for write(): all of them come", async size => {
		makeServer(60_000);
		const clients = await slowClients(() => `/pieces/${size}`);
		for (const text of await takeAll(clients)) expect(text.split("x").length - 1).toBe(20 * size);
	});
});
