import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Latency, { latencyClasses } from "httpsd/dashboard/latency";
import { snapshotCost } from "httpsd/dashboard/snapshot";
import Tally from "httpsd/dashboard/tally";
import HttpError from "httpsd/http-error";
import type { Peer } from "httpsd/peer";
import { hostileSnapshot } from "../../../programs/httpsd/dashboard/hostile-snapshot";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
});
afterEach(() => {
	jest.useRealTimers();
});

const failure = (code: string) => ({ error: new HttpError(400, code, "x"), remoteAddress: "::1" });

describe("Z11 what is counted while nobody looks", () => {
	test("requests of open and of closed connections, without a listener of any event", async () => {
		const server = serve();
		const tally = new Tally();
		server.watcher = tally;
		server.get("/", (_request, response) => response.send("x"));
		const [one, other] = [await connect(), await connect()];
		for (const client of [one, one, other]) {
			client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			await settle();
		}
		expect([tally.connections, tally.requests(server.peers)]).toEqual([2, 3]);
		expect(server.peers.map(({ requests, activity }) => [requests, activity])).toEqual([
			[2, "idle"],
			[1, "idle"]
		]);
		server.peers[0]?.destroy();
		expect([tally.connections, tally.requests(server.peers)]).toEqual([2, 3]);
	});

	test("failures by code: of what has no code, and of codes beyond the twelfth, together", () => {
		const tally = new Tally();
		tally.failed({ error: new Error("x") });
		tally.failed({ error: undefined });
		for (let count = 0; count < 40; count++) tally.failed(failure(`CODE_${count}`));
		expect(tally.failures.size).toBe(13);
		expect([tally.failures.get("HANDLER"), tally.failures.get("CODE_0"), tally.failures.get("OTHER")]).toEqual([
			2, 1, 29
		]);
	});

	test("the last twenty errors, told from a number on", () => {
		const tally = new Tally();
		expect(tally.errorsAfter(0, 6)).toEqual({ errors: [], last: 0 });
		for (let count = 1; count <= 30; count++) tally.failed(failure(`CODE_${count}`));
		const codes = (after: number) => tally.errorsAfter(after, 6).errors.map(line => line.split("\t")[1]);
		expect(tally.errors.length).toBe(20);
		expect([codes(0)[0], tally.errorsAfter(0, 6).last]).toEqual(["CODE_11", 16]);
		expect([codes(28), tally.errorsAfter(28, 6).last]).toEqual([["CODE_29", "CODE_30"], 30]);
		// Of a server that has started anew since.
		expect(tally.errorsAfter(31, 6)).toEqual({ errors: [], last: 30 });
		expect(tally.errorsAfter(1e9, 6).last).toBe(30);
	});

	test("time goes on when ticks begin anew", () => {
		const tally = new Tally();
		for (let week = 0; week < 10; week++) {
			jest.advanceTimersByTime(7 * 86_400_000);
			tally.disconnected({ requests: 0 } as Peer);
		}
		expect(tally.elapse()).toBe(70 * 86_400_000);
	});
});

test("Z12 a message is short, whatever clients do", () => {
	const tally = new Tally();
	for (let count = 0; count < 99; count++) tally.failed(failure("A".repeat(200) + count));
	const lengthFor = (count: number) => hostileSnapshot(count, tally)().length;
	expect(lengthFor(4)).toBeLessThan(2048);
	expect(lengthFor(4)).toBeLessThan(snapshotCost(4) / 2);
	expect(lengthFor(1000)).toBeLessThan(lengthFor(16) + 10);
});

test("Z11 latencies are counted in classes", async () => {
	const server = serve();
	const latency = new Latency();
	const undo = server.use("/", latency.filter);
	server.get("/:ms", ({ params }, response) => {
		setTimeout(() => response.send("x"), Number(params.ms));
	});
	const client = await connect();
	for (const ms of [1, 2, 3, 70, 999, 30_000]) {
		client.send(`GET /${ms} HTTP/1.1\r\nHost: a\r\n\r\n`);
		await settle();
		jest.advanceTimersByTime(ms);
		await settle();
	}
	undo();
	expect(Object.fromEntries([...latencyClasses, "more"].map((bound, at) => [bound, latency.classes[at]]))).toEqual({
		2: 2,
		5: 1,
		10: 0,
		20: 0,
		50: 0,
		100: 1,
		200: 0,
		500: 0,
		1000: 1,
		more: 1
	});
});
