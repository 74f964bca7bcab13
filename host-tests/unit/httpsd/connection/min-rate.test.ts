import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type FakeClient, settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";
const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const limits = { bodyTimeout: 1000, writeTimeout: 1000, minRate: 10, lingerTimeout: 10 };

/** Does something every so many ms until the client is answered or cut off. @returns how many ms that took. */
async function every(ms: number, client: FakeClient, act: () => void): Promise<number> {
	for (let time = 1; time <= 60_000; time++) {
		jest.advanceTimersByTime(1);
		if (time % ms === 0) act();
		await settle();
		if (client.closed || client.chunks.length > 0) return time;
	}
	return Number.POSITIVE_INFINITY;
}

describe("Z2 peers that are too slow, over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a body that comes too slowly is 408 once bodyTimeout is used up; at minRate it arrives", async () => {
		serve(limits).post("/", async (request, response) => response.send(await request.text()));
		const slow = await connect();
		slow.send(post);
		expect(await every(500, slow, () => slow.send("x"))).toBe(1200);
		expect(parse(slow.take())).toMatchObject({ status: 408, headers: { connection: "close" } });
		const steady = await connect();
		steady.send(post);
		expect(await every(100, steady, () => steady.send("x"))).toBe(10_000);
		expect(parse(steady.take()).body).toBe("x".repeat(100));
	});

	test("the time that a handler takes between two pieces is not the client's", async () => {
		serve(limits).post("/", async (request, response) => {
			for (let piece = await request.body.read(); piece !== undefined; piece = await request.body.read())
				await new Promise(resolve => setTimeout(resolve, 5000));
			response.send("read");
		});
		const client = await connect();
		client.send(post);
		for (const part of ["a".repeat(50), "b".repeat(50)]) {
			await settle();
			client.send(part);
			await settle();
			jest.advanceTimersByTime(5000);
		}
		await settle();
		expect(parse(client.take()).body).toBe("read");
	});

	test("a body that is discarded may not come too slowly either", async () => {
		serve({ ...limits, maxDiscard: 1000 }).post("/", (_, response) => response.send("no"));
		const client = await connect();
		client.send(post);
		expect(parse(client.take()).body).toBe("no");
		expect(await every(500, client, () => client.send("x"))).toBe(1200);
		expect(client.closed).toBe(true);
	});

	test("a client that reads a byte now and then is cut off; one that reads at minRate gets all", async () => {
		serve(limits).get("/", (_, response) => response.send("x".repeat(200)));
		const drain = async (room: number) => {
			const client = await connect();
			client.accept(0);
			client.send(get);
			const received: string[] = [];
			const time = await every(500, client, () => {
				client.accept(room);
				received.push(client.take());
				if (received.join("").endsWith("x".repeat(200))) client.leave();
			});
			return { time, bytes: received.join("").length };
		};
		expect(await drain(1)).toEqual({ time: 1200, bytes: 2 });
		expect((await drain(5)).bytes).toBeGreaterThan(300);
	});
});
