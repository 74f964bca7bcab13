// Z12: how many connections there may be is what XS has room for: more wait in TCP. Where there is room for none the server says so.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Budget from "httpsd/memory/budget";
import Admission from "httpsd/server/admission";
import { FakeListener, settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/** @param xs for how many connections there is room. */
function makeServer(xs: { places: number }) {
	const budget: Budget = new Budget(20_000, 0, 0, undefined, 0, () => budget.open < xs.places);
	const server = serve({ maxConnections: 4, ...{ budget } });
	server.get("/", (_, response) => response.send("good"));
	server.get("/wait", () => new Promise(() => {}));
	const errors: unknown[] = [];
	server.on("error", ({ error }) => void errors.push(error));
	return { server, errors };
}

const noRoom = expect.objectContaining({
	code: "MEMORY",
	message: expect.stringMatching(
		/^One connection may take \d+ bytes of XS's slots and \d+ of its chunks, and -?\d+ are left/
	)
});

describe("Z12 connections for which XS has no room", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a server does not start, and does not listen, where there is none for one", () => {
		expect(() => makeServer({ places: 0 })).toThrow(noRoom as unknown as Error);
		expect(FakeListener.last.closed).toBe(true);
	});

	test("when the application has taken it later, that is told once, and who waits is accepted when there is room again", async () => {
		const xs = { places: 1 };
		const { server, errors } = makeServer(xs);
		xs.places = 0;
		const client = await connect();
		client.send(get);
		await pass(1000);
		expect([server.peers.length, errors]).toEqual([0, [noRoom]]);
		xs.places = 1;
		await pass(100);
		expect(parse(client.take()).status).toBe(200);
		client.leave();
		await settle();
		xs.places = 0;
		await connect();
		await pass(100);
		expect(errors).toEqual([noRoom, noRoom]);
	});

	test("an idle one makes room for a new one, as where all places are taken, and a busy one does not", async () => {
		const xs = { places: 2 };
		const { server, errors } = makeServer(xs);
		const clients = [await connect(), await connect()];
		clients[0]?.send(get);
		clients[1]?.send(get.replace("/", "/wait"));
		await settle();
		expect(parse(clients[0]?.take() ?? "").status).toBe(200);
		const third = await connect();
		third.send(get);
		await settle();
		expect([server.peers.length, third.take()]).toEqual([2, ""]);
		for (let time = 0; time < 50 && !clients[0]?.closed; time++) await pass(100);
		await pass(200);
		expect([clients.map(({ closed }) => closed), server.peers.length]).toEqual([[true, false], 2]);
		expect([parse(third.take()).status, errors]).toEqual([200, []]);
	});

	// On the one place of an application of 57 kB its request with content was refused: calls that had closed the other held that still.
	test("the new one is accepted in a turn of its own, not in the calls that have closed another for it", async () => {
		const { server } = makeServer({ places: 1 });
		const idle = await connect();
		idle.send(get);
		await settle();
		let isLater = false;
		server.on(
			"disconnected",
			() =>
				void setTimeout(() => {
					isLater = true;
				})
		);
		const seen: boolean[] = [];
		server.on("connected", () => void seen.push(isLater));
		await connect();
		for (let time = 0; time < 50 && seen.length === 0; time++) await pass(100);
		expect([idle.closed, seen]).toEqual([true, [true]]);
	});
});

test("Z12 beside open connections one may begin its handshake though there is no room for a place: it is seen to wait", () => {
	const asked: (readonly [more: number, handshakes: number])[] = [];
	const budget = {
		open: 0,
		hasRoomFor: (more: number, handshakes: number) => asked.push([more, handshakes]) > 0 && more === 0
	};
	const full = jest.fn();
	const owner = { budget: { roomFor: () => ({ slots: 1, chunks: 1 }), ...budget }, handlers: { left: 0 }, full };
	const admission = new Admission(owner as never, true);
	expect([admission.mayBegin(0), full.mock.calls.length]).toEqual([false, 1]);
	owner.budget.open = 1;
	expect([admission.mayBegin(0), admission.mayBegin(1), full.mock.calls.length]).toEqual([true, false, 1]);
	expect(asked).toEqual([
		[1, 1],
		[1, 1],
		[0, 1],
		[2, 2]
	]);
});
