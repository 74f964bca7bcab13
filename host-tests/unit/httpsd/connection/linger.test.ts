// A refusal must reach a client that is still uploading: what it sends is discarded as long as it comes.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type FakeClient, settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const bad = "GET / HTTP/1.1\r\nno colon\r\n\r\n";
const post = (field: string) => `POST / HTTP/1.1\r\nHost: a\r\n${field}\r\n\r\n`;

describe("lingering close over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Sends so many bytes each 100 ms. */
	async function upload(client: FakeClient, bytes: number, ms: number): Promise<void> {
		for (let passed = 0; passed < ms && !client.closed; passed += 100) {
			client.send("x".repeat(bytes));
			jest.advanceTimersByTime(100);
			await settle();
		}
	}

	test("Z8 a refused client that is silent is waited for as long as lingerTimeout, then the connection closes", async () => {
		serve({ lingerTimeout: 1000 });
		const client = await connect();
		client.send(bad);
		expect(parse(client.take())).toMatchObject({ status: 400, headers: { connection: "close" } });
		jest.advanceTimersByTime(999);
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(1);
		expect(client.closed).toBe(true);
	});

	test.each(["Content-Length: 12000000", "Transfer-Encoding: chunked"])(
		"an upload that was refused goes on long after the refusal, which says close: %s",
		async field => {
			serve({ lingerTimeout: 1000, maxLingerTimeout: 60_000 }).post("/", (_, response) => response.status(403).send());
			const client = await connect();
			client.send(post(field));
			expect(parse(client.take())).toMatchObject({ status: 403, headers: { connection: "close" } });
			await upload(client, 1000, 30_000);
			expect([client.available, client.closed]).toEqual([0, false]);
			jest.advanceTimersByTime(1000);
			expect(client.closed).toBe(true);
		}
	);

	test("one that comes below minRate is given up, one at it goes on until maxLingerTimeout", async () => {
		serve({ lingerTimeout: 1000, maxLingerTimeout: 20_000, minRate: 100 });
		for (const [bytes, least, most] of [
			[5, 1000, 3000],
			[10, 20_000, 20_100]
		] as const) {
			const client = await connect();
			client.send(bad);
			await upload(client, bytes, least - 100);
			expect([bytes, client.closed]).toEqual([bytes, false]);
			await upload(client, bytes, most - least + 200);
			expect([bytes, client.closed]).toEqual([bytes, true]);
		}
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

	test("a refusal that TCP has no room for is sent while the upload is discarded: neither waits for the other", async () => {
		serve().post("/", (_, response) => response.status(401).send("y".repeat(9000)));
		const client = await connect();
		client.accept(1000);
		client.send(post("Content-Length: 10000000"));
		for (let n = 0; n < 100; n++) client.send("x".repeat(1000));
		await upload(client, 1000, 1000);
		expect([client.available, client.closed]).toEqual([0, false]);
		client.accept(100_000);
		expect(parse(client.take())).toMatchObject({ status: 401, body: "y".repeat(9000) });
	});

	test("chunks that have all come keep the connection, and a next request behind them is answered", async () => {
		serve().post("/", (_, response) => response.send("ok"));
		const client = await connect();
		client.send(`${post("Transfer-Encoding: chunked")}3\r\nabc\r\n0\r\n\r\n${post("Content-Length: 0")}`);
		expect(client.take().match(/200 OK/g)).toHaveLength(2);
	});

	test("Z12 a lingering connection holds no memory, however much it sends", async () => {
		const server = serve({ maxConnections: 1 });
		server.post("/", (_, response) => response.status(403).send());
		const client = await connect();
		client.send(post("Content-Length: 12000000"));
		await upload(client, 10_000, 5000);
		expect([client.closed, server.memory.used]).toEqual([false, 0]);
	});

	test("B10 one that is silent makes room for another after purgeAfter, one that sends after busyHeadTimeout", async () => {
		for (const [bytes, ms] of [
			[0, 500],
			[1000, 3000]
		] as const) {
			const server = serve({ maxConnections: 1, purgeAfter: 500, busyHeadTimeout: 3000, lingerTimeout: 2000 });
			server.get("/", (_, response) => response.send("x"));
			const first = await connect();
			first.send(bad);
			const second = await connect();
			second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			await upload(first, bytes, ms - 100);
			expect([ms, first.closed]).toEqual([ms, false]);
			await upload(first, bytes, 700);
			expect([first.closed, parse(second.take()).body]).toEqual([true, "x"]);
		}
	});
});
