// More clients than places, all of them busy: whose turn it is, by a clock that the tests turn.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import KeepAliveTurns from "httpsd/server/keep-alive-turns";
import Time from "time";
import { type FakeClient, settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const limits = { busyKeepAlive: 2000, purgeAfter: 500 };

/** Whether the server ends the connection with its answer. */
async function isLast(client: FakeClient): Promise<boolean> {
	client.send(request);
	await settle();
	return client.take().includes("connection: close");
}

function turn(requests = 2): { since: number; requests: number } {
	return { since: Time.ticks, requests };
}

function serveBusy(maxConnections: number): void {
	serve({ ...limits, maxConnections }).get("/", (_, response) => response.send("x"));
}

describe("keep-alive while others wait", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("B10 while others wait, a connection goes on for busyKeepAlive, however many requests that are", async () => {
		serveBusy(1);
		const [client, second] = [await connect(), await connect()];
		second.send(request);
		for (let time = 0; time < 2000; time += 5) {
			expect(await isLast(client)).toBe(false);
			jest.advanceTimersByTime(5);
		}
		expect([await isLast(client), client.closed, parse(second.take()).body]).toEqual([true, true, "x"]);
	});

	test("B10 the first that waits has its place once the server has been silent for 2.5 s, however requests are timed", async () => {
		serveBusy(1);
		const [client, second] = [await connect(), await connect()];
		second.send(request);
		for (const wait of [499, 499, 499, 499, 3]) {
			await isLast(client);
			jest.advanceTimersByTime(wait);
		}
		expect([client.closed, second.take()]).toEqual([false, ""]);
		await pass(2500);
		expect([client.closed, parse(second.take()).body]).toEqual([true, "x"]);
	});

	test("B10 a new connection gets the place of the next that is older than busyKeepAlive, and the others stay", async () => {
		serveBusy(3);
		const clients = [await connect(), await connect(), await connect()];
		for (let time = 0; time < 10_000; time += 100) {
			for (const client of clients) expect(await isLast(client)).toBe(false);
			jest.advanceTimersByTime(100);
		}
		const newcomer = await connect();
		newcomer.send(request);
		const last = [];
		for (const client of clients) last.push(await isLast(client));
		expect([last, parse(newcomer.take()).body]).toEqual([[true, false, false], "x"]);
	});

	test("B10 20 busy clients over 8 places: all are served, in the order they came, 8 in each turn", async () => {
		serveBusy(8);
		const served: string[] = [];
		const isOver = async (client: FakeClient) => {
			const answer = client.take();
			if (answer !== "" || client.pending.length === 0) client.send(request);
			await settle();
			return client.closed;
		};
		let clients = await Promise.all(Array.from({ length: 20 }, connect));
		for (let time = 0; time < 6000; time += 100) {
			const over: FakeClient[] = [];
			for (const client of clients) if (await isOver(client)) over.push(client);
			if (over.length > 0) served.push(`${time}: ${over.map(client => clients.indexOf(client))}`);
			clients = clients.filter(client => !over.includes(client));
			for (const _ of over) clients.push(await connect());
			jest.advanceTimersByTime(100);
		}
		const firstEight = "0,1,2,3,4,5,6,7";
		expect(served).toEqual([`2000: ${firstEight}`, `4000: ${firstEight}`]);
	});

	test("B10 no more connections are told to close than wait, unless those take longer than purgeAfter", () => {
		const turns = new KeepAliveTurns(limits);
		const [download, page, third] = [turn(), turn(), turn()];
		jest.advanceTimersByTime(2000);
		expect([turns.mayKeep(download, 1), turns.mayKeep(page, 1)]).toEqual([false, true]);
		jest.advanceTimersByTime(500);
		expect([turns.mayKeep(page, 1), turns.mayKeep(third, 1)]).toEqual([false, true]);
		turns.closed(page);
		expect(turns.mayKeep(third, 1)).toBe(false);
	});

	test("B10 a connection that is many days old is told to close", () => {
		const connection = turn();
		jest.advanceTimersByTime(30 * 24 * 3_600_000);
		expect(new KeepAliveTurns(limits).mayKeep(connection, 1)).toBe(false);
	});

	test("B11 for busyKeepAlive after one was closed unused, the turn of a new one is its first response, while others wait", () => {
		const turns = new KeepAliveTurns(limits);
		turns.closedUnused();
		expect([turns.mayKeep(turn(2), 1), turns.mayKeepAhead(turn(1)), turns.mayKeep(turn(1), 1)]).toEqual([
			true,
			true,
			false
		]);
		jest.advanceTimersByTime(1999);
		expect(turns.mayKeep(turn(1), 1)).toBe(false);
		jest.advanceTimersByTime(1);
		expect(turns.mayKeep(turn(1), 2)).toBe(true);
	});
});
