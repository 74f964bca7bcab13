import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

describe("deadlines over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a head that does not come in time is 408, however often a byte comes", async () => {
		serve({ headTimeout: 1000, lingerTimeout: 100 });
		const client = await connect();
		jest.advanceTimersByTime(500);
		client.send("G");
		jest.advanceTimersByTime(900);
		client.send("E");
		jest.advanceTimersByTime(99);
		expect(client.take()).toBe("");
		jest.advanceTimersByTime(1);
		expect(parse(client.take())).toMatchObject({ status: 408, headers: { connection: "close" } });
		client.send("more");
		jest.advanceTimersByTime(100);
		expect([client.closed, client.available]).toEqual([true, 0]);
	});

	test("a connection that sends nothing, and one that is kept, are closed without a response", async () => {
		serve({ headTimeout: 1000, idleTimeout: 2000 }).get("/", (_, response) => response.send("x"));
		const [silent, kept] = [await connect(), await connect()];
		kept.send(get);
		kept.take();
		jest.advanceTimersByTime(999);
		expect(silent.closed).toBe(false);
		await pass(1);
		expect([silent.closed, silent.take(), kept.closed]).toEqual([true, "", false]);
		jest.advanceTimersByTime(997);
		expect(kept.closed).toBe(false);
		await pass(1);
		expect([kept.closed, kept.take()]).toEqual([true, ""]);
	});

	test.each(["idleTimeout", "stop()"])("a POST that has come by %s and was not yet reported is answered", async end => {
		const server = serve({ idleTimeout: 2000 });
		server.post("/", async (request, response) => response.send(await request.text()));
		const client = await connect();
		client.send(post);
		await settle();
		client.take();
		const stopped = end === "stop()" ? server.stop() : jest.advanceTimersByTime(2000);
		client.send(post);
		await pass(1);
		expect(parse(client.take()).body).toBe("hi");
		await stopped;
	});

	test("a handler that does not begin in time is 503, with an error event", async () => {
		const codes: unknown[] = [];
		const server = serve({ responseTimeout: 1000 });
		server.on("error", ({ error }) => codes.push((error as { code: string }).code));
		server.get("/", () => {});
		const client = await connect();
		client.send(get);
		jest.advanceTimersByTime(1000);
		expect([parse(client.take()).status, codes]).toEqual([503, ["RESPONSE_TIMEOUT"]]);
	});

	test("a client that does not read is cut off, and one that reads slowly is not", async () => {
		serve({ writeTimeout: 1000, minRate: 100 }).get("/", (_, response) => response.send("x".repeat(2000)));
		const client = await connect();
		client.accept(100);
		client.send(get);
		for (let turn = 0; turn < 5; turn++) {
			jest.advanceTimersByTime(999);
			client.accept(100);
		}
		expect([client.closed, client.take().length]).toEqual([false, 600]);
		client.send(get);
		jest.advanceTimersByTime(999);
		expect(client.closed).toBe(false);
		jest.advanceTimersByTime(1);
		expect(client.closed).toBe(true);
	});

	test("write() waits above highWater, and end() arrives whole through any room", async () => {
		const steps: string[] = [];
		serve({ highWater: 10 }).get("/", async (_, response) => {
			for (let turn = 0; turn < 3; turn++) {
				await response.write("0123456789");
				steps.push("written");
			}
			response.end();
		});
		const client = await connect();
		client.accept(0);
		client.send(get);
		await settle();
		expect(steps).toEqual([]);
		for (let turn = 0; turn < 500 && steps.length < 3; turn++) {
			client.accept(1);
			await settle();
		}
		client.accept(1000);
		await settle();
		client.accept(1000);
		expect(parse(client.take()).body).toBe(`${"a\r\n0123456789\r\n".repeat(3)}0\r\n\r\n`);
	});
});
