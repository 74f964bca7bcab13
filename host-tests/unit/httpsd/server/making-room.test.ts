import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

describe("which connection is replaced by a new one, over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	const limits = { maxConnections: 2, purgeAfter: 500, busyHeadTimeout: 2000, headTimeout: 10_000 };

	test("Z2 clients that send a head byte by byte, or nothing, do not keep others out", async () => {
		serve(limits).get("/", (_, response) => response.send("x"));
		const [slow, silent] = [await connect(), await connect()];
		slow.send("GET");
		const good = await connect();
		good.send(request);
		jest.advanceTimersByTime(2499);
		slow.send(" ");
		expect([slow.closed, silent.closed]).toEqual([false, false]);
		await pass(1);
		expect([slow.closed !== silent.closed, parse(good.take()).body]).toEqual([true, "x"]);
	});

	test("B10 a client that is slow with its first request keeps its place as long as no other waits", async () => {
		serve(limits).get("/", (_, response) => response.send("x"));
		const [slow, silent] = [await connect(), await connect()];
		slow.send("GET / HTTP/1.1\r\n");
		jest.advanceTimersByTime(9000);
		slow.send("Host: a\r\n\r\n");
		silent.send(request);
		expect([slow, silent].map(client => parse(client.take()).body)).toEqual(["x", "x"]);
	});

	test("B10 a client whose first request takes a second to come is not closed for one that waits", async () => {
		serve({ ...limits, maxConnections: 1 }).get("/", (_, response) => response.send("x"));
		const first = await connect();
		const second = await connect();
		jest.advanceTimersByTime(1000);
		first.send(request);
		expect(parse(first.take()).body).toBe("x");
		second.send(request);
		await pass(2500);
		expect([first.closed, parse(second.take()).body]).toEqual([true, "x"]);
	});

	test("B10 a connection that came while all were busy waits for busyHeadTimeout and purgeAfter at most once one is idle", async () => {
		let finish = () => {};
		const server = serve({ ...limits, maxConnections: 1 });
		server.get("/", (_, response) => response.send("x"));
		server.get("/slow", (_, response) => {
			finish = () => response.send("late");
		});
		const first = await connect();
		first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
		const second = await connect();
		second.send(request);
		jest.advanceTimersByTime(1000);
		finish();
		await pass(2500);
		expect([first.closed, parse(second.take()).body]).toEqual([true, "x"]);
	});

	test.each([1, 4, 8])(
		"B11 of 20 clients that connect at once, ask once and then fall silent, all are served on %d places",
		async places => {
			serve({ ...limits, maxConnections: places }).get("/", (_, response) => response.send("x"));
			const clients = [];
			for (let i = 0; i < 20; i++) clients.push(await connect());
			for (const client of clients) client.send(request);
			await pass(3000);
			expect(clients.map(client => parse(client.take()).body)).toEqual(clients.map(() => "x"));
		}
	);

	test("Z12 there are never more connections than places, also when several wait for the one that is closed", async () => {
		const server = serve({ ...limits, maxConnections: 1 });
		let most = 0;
		server.on("connected", () => {
			most = Math.max(most, server.peers.length);
		});
		for (let count = 0; count < 4; count++) await connect();
		for (let count = 0; count < 4; count++) await pass(3000);
		expect(most).toBe(1);
	});

	test("B10 an address that has its share does not close its own connections that have just come", async () => {
		serve({ ...limits, maxPerAddress: 1 }).get("/", (_, response) => response.send("x"));
		const first = await connect();
		const second = await connect();
		first.send(request);
		expect([parse(first.take()).body, second.closed]).toEqual(["x", true]);
	});

	test("B10 an idle connection is replaced before an upload, however slow that is", async () => {
		serve({ ...limits, busyBodyTimeout: 1000, bodyTimeout: 60_000 }).post("/", request => void request.body.read());
		const [upload, idle] = [await connect(), await connect()];
		upload.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
		jest.advanceTimersByTime(2000);
		idle.send(request);
		await connect();
		jest.advanceTimersByTime(2499);
		expect([upload.closed, idle.closed]).toEqual([false, false]);
		await pass(1);
		expect([upload.closed, idle.closed]).toEqual([false, true]);
	});

	test("B10 an event stream whose client reads nothing is replaced after busyBodyTimeout", async () => {
		const server = serve({ ...limits, maxConnections: 1, busyBodyTimeout: 1000, writeTimeout: 60_000 });
		server.get("/", (_, response) => response.send("x"));
		server.events("/events", stream => {
			stalled.accept(0);
			stream.send("x");
		});
		const stalled = await connect();
		stalled.send(request.replace("/", "/events"));
		const good = await connect();
		good.send(request);
		jest.advanceTimersByTime(999);
		expect(stalled.closed).toBe(false);
		await pass(1);
		expect([stalled.closed, parse(good.take()).body]).toEqual([true, "x"]);
	});

	test("a write to a client that reads nothing does not begin its time anew", async () => {
		const server = serve({ ...limits, maxConnections: 1, busyBodyTimeout: 1000, writeTimeout: 60_000 });
		server.get("/", (_, response) => {
			void response.write("x");
			setTimeout(() => void response.write("y"), 500);
		});
		const stalled = await connect();
		stalled.accept(0);
		stalled.send(request);
		await settle();
		await connect();
		jest.advanceTimersByTime(900);
		expect(stalled.closed).toBe(false);
		await pass(600);
		expect(stalled.closed).toBe(true);
	});
});
