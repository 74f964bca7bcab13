// A kept connection that is closed for a new one may lose a POST that is on its way: which is closed, and when.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Idleness from "httpsd/server/idleness";
import Time from "time";
import { settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const limits = { purgeAfter: 500, busyHeadTimeout: 2000, busyBodyTimeout: 10_000 };
const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
const isLeaving = false;

/** A connection that has sent a request each `pause` ms, and has been idle for so long. */
const polling = (pause: number, requests: number, idleFor: number) => ({
	since: (Time.ticks - pause * (requests - 1) - idleFor) | 0,
	requests,
	idleFor,
	isLeaving
});

test.each([
	[
		"one that has sent nothing, after purgeAfter",
		() => ({ since: Time.ticks, requests: 0, idleFor: 499, isLeaving }),
		1
	],
	["one that had its last response", () => ({ ...polling(1000, 9, 499), isLeaving: true }), 1],
	["one that has sent too little to tell, after busyHeadTimeout and purgeAfter", () => polling(1, 3, 2499), 1],
	["one of a page whose requests came together, after purgeAfter", () => polling(20, 10, 499), 1],
	["one that polls, after three of its pauses", () => polling(1000, 5, 2999), 1],
	["one that polls seldom, after busyBodyTimeout", () => polling(60_000, 5, 9999), 1],
	["one that polls as seldom as that, behind its next request", () => polling(10_000, 5, 10_000), 1250]
])("%s", (_, make, left) => {
	jest.useFakeTimers();
	const connection = make();
	const idleness = new Idleness(limits);
	expect(Math.round(idleness.left(connection, connection.idleFor))).toBe(left);
	expect(Math.round(idleness.find([connection]) as number)).toBe(left);
	if (left > 1) return;
	const longer = { ...connection, since: connection.since - 1, idleFor: connection.idleFor + 1 };
	expect(idleness.find([longer])).toBe(longer);
	jest.useRealTimers();
});

test("unused ones go first, then those that are farthest from their next request", () => {
	const idleness = new Idleness(limits);
	const due = polling(60_000, 5, 50_000);
	const early = polling(60_000, 5, 11_000);
	const forgotten = polling(20, 10, 300_000);
	const unused = { since: 0, requests: 0, idleFor: 600, isLeaving };
	expect(idleness.find([due, early])).toBe(early);
	expect(idleness.find([due, early, forgotten])).toBe(forgotten);
	expect(idleness.find([due, early, forgotten, unused])).toBe(unused);
	expect(idleness.find([{ ...due, idleFor: undefined }])).toBe(undefined);
});

describe("over a fake listener", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a POST that comes after its connection was chosen to be closed is answered", async () => {
		serve({ ...limits, maxConnections: 1 }).post("/", async (request, response) => response.send(await request.text()));
		const poller = await connect();
		poller.send(post);
		await settle();
		poller.take();
		await connect();
		jest.advanceTimersByTime(2500);
		poller.send(post);
		await pass(1);
		expect(parse(poller.take())).toMatchObject({ body: "hi", headers: { connection: "close" } });
	});

	test("10 clients that poll over 8 places lose none: those that have to leave are told in a response", async () => {
		serve({ ...limits, maxConnections: 8 }).post("/", (_, response) => response.send("x"));
		const pollers = await Promise.all(Array.from({ length: 10 }, connect));
		const [lost, answers, told] = [[] as number[], Array(10).fill(0) as number[], Array(10).fill(0) as number[]];
		for (let time = 0; time < 60_000; time += 100) {
			const index = (time / 100) % 10;
			const poller = pollers[index] as (typeof pollers)[number];
			if (poller.closed) lost.push(time);
			if (poller.pending.length === 0) poller.send(post);
			await pass(98);
			for (const [at, each] of pollers.entries()) {
				const answer = each.take();
				if (answer === "") continue;
				answers[at] = (answers[at] as number) + 1;
				if (!answer.includes("connection: close")) continue;
				told[at] = (told[at] as number) + 1;
				pollers[at] = await connect();
			}
		}
		expect([lost, Math.min(...answers) > 25, Math.max(...told) > 2]).toEqual([[], true, true]);
	});
});
