// Z12: what there is no memory for waits, unread, until others give some back or its time is over; others go on.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { closeCodeIn, frame } from "../websocket/ws-frames";

const size = 6000;
const head = (path: string, length: number) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
const good = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/** 4,000 for each of four places, 32,000 for all, of which one may hold some more than half. */
function makeServer(more = {}) {
	const server = serve({
		...more,
		memory: 49_536,
		maxConnections: 4,
		maxKeptHead: 256,
		maxBufferedBody: 7000,
		memoryTimeout: 5000,
		maxHeaderCount: 16,
		readSize: 512
	});
	expect([server.budget.share, server.budget.most]).toEqual([4000, 20_000]);
	server.get("/", (_, response) => response.send("good"));
	server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
	server.websocket("/ws", { message: (socket, data) => void socket.send(String(data).slice(0, 1)) });
	return server;
}

/** Clients that have sent all of their content but a byte, so that what two of them hold leaves 0 for others. */
async function holdAll() {
	const clients = [await connect(), await connect()];
	for (const client of clients) client.send(head("/text", 6900) + "x".repeat(6899));
	await settle();
	return clients;
}

describe("Z12 what has no memory waits", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a body is read and answered once others have given back, and a small request meanwhile", async () => {
		const server = makeServer();
		const holders = await holdAll();
		const client = await connect();
		client.send(head("/text", size) + "x".repeat(size));
		await settle();
		expect([client.take(), client.available > size / 2]).toEqual(["", true]);
		expect(parse(await ask(good)).body).toBe("good");
		for (const holder of holders) holder.send("x");
		await settle();
		await jest.advanceTimersByTimeAsync(10);
		expect(parse(client.take())).toMatchObject({ status: 200, body: `${size}` });
		for (const holder of holders) expect(parse(holder.take())).toMatchObject({ status: 200, body: "6900" });
		expect(server.memory.used).toBeLessThan(3000);
	});

	test("when they give nothing back in time: 503 with Retry-After; what can never have room: 413, at once", async () => {
		makeServer();
		expect(parse(await ask(head("/text", 20_000))).status).toBe(413);
		await holdAll();
		const client = await connect();
		client.send(head("/text", size) + "x".repeat(size));
		await jest.advanceTimersByTimeAsync(4900);
		expect(client.take()).toBe("");
		await jest.advanceTimersByTimeAsync(200);
		expect(parse(client.take())).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
	});

	test("all that have no room may wait; who leaves while it waits leaves nothing charged", async () => {
		const server = makeServer();
		await holdAll();
		const [first, second] = [await connect(), await connect()];
		for (const client of [first, second]) client.send(head("/text", size) + "x".repeat(size));
		await settle();
		expect([first.take(), second.take()]).toEqual(["", ""]);
		const before = server.memory.used;
		for (const peer of server.peers) if (peer.id === 3) peer.destroy();
		await settle();
		expect(server.memory.used).toBeLessThan(before);
	});

	test("a long head is parsed once there is room, and refused with 503 when there is none in time", async () => {
		for (const inTime of [true, false]) {
			const server = makeServer();
			const holders = await holdAll();
			const client = await connect();
			client.send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(1800)}\r\n\r\n`);
			await settle();
			expect(client.take()).toBe("");
			if (inTime) for (const holder of holders) holder.send("x");
			await jest.advanceTimersByTimeAsync(5100);
			expect(parse(client.take()).status).toBe(inTime ? 200 : 503);
			for (const peer of server.peers) peer.destroy();
			await settle();
			expect(server.memory.used).toBe(0);
		}
	});

	test("who is slow with what another waits for loses it as soon as it has been busyBodyTimeout, also while that waits", async () => {
		makeServer({ busyBodyTimeout: 3000 });
		const holders = await holdAll();
		await jest.advanceTimersByTimeAsync(1000);
		const client = await connect();
		client.send(head("/text", size) + "x".repeat(size));
		await jest.advanceTimersByTimeAsync(1900);
		expect([client.take(), ...holders.map(({ closed }) => closed)]).toEqual(["", false, false]);
		await jest.advanceTimersByTimeAsync(300);
		expect(parse(client.take())).toMatchObject({ status: 200, body: `${size}` });
	});

	test("a WebSocket's message is read once there is room, and closed with 1013 when there is none in time", async () => {
		for (const inTime of [true, false]) {
			const server = makeServer();
			const socket = await openSocket();
			const holders = await holdAll();
			socket.send(frame(1, "x".repeat(2500)));
			await settle();
			expect(socket.take()).toBe("");
			if (inTime) for (const holder of holders) holder.send("x");
			await jest.advanceTimersByTimeAsync(5100);
			const answer = socket.take();
			if (inTime) expect(answer.endsWith("x")).toBe(true);
			else expect(closeCodeIn(answer)).toBe(1013);
			for (const peer of server.peers) peer.destroy();
		}
	});
});
