import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const bad = "GET / HTTP/1.1\r\nno colon\r\n\r\n";

describe("lingering close over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("Z8 a refused client's input is read for lingerTimeout, then the connection closes", async () => {
		serve({ lingerTimeout: 1000 });
		const client = await connect();
		client.send(bad);
		expect(parse(client.take())).toMatchObject({ status: 400, headers: { connection: "close" } });
		jest.advanceTimersByTime(999);
		client.send("more");
		expect([client.available, client.closed]).toEqual([0, false]);
		jest.advanceTimersByTime(1);
		expect(client.closed).toBe(true);
	});

	test("Z8 input is read and discarded up to maxLinger", async () => {
		for (const n of [99, 100, 101]) {
			serve({ maxLinger: 100 });
			const client = await connect();
			client.send(bad);
			client.send("x".repeat(n));
			expect([n, client.closed]).toEqual([n, n > 100]);
		}
	});

	test("B10 a lingering connection makes room for another", async () => {
		serve({ maxConnections: 1, purgeAfter: 500, lingerTimeout: 2000 }).get("/", (_, response) => response.send("x"));
		const first = await connect();
		first.send(bad);
		const second = await connect();
		second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		jest.advanceTimersByTime(499);
		expect(first.closed).toBe(false);
		jest.advanceTimersByTime(1);
		await settle();
		expect([first.closed, parse(second.take()).body]).toEqual([true, "x"]);
	});
});
