// Clients that post again and again, more than there are places: none of their POSTs is lost, however they pause, and none waits long.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, pass, serve } from "../harness";
import { poll, randomOf } from "../pollers";

const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test.each([
	["0.1 to 3 s", 10, 8, 2000, 3000, random => 100 + random * 2900],
	["0.1 to 6 s", 10, 8, 1000, 4000, random => 100 + random * 5900],
	["1 to 20 s", 10, 8, 1000, 10_000, random => 1000 + random * 19_000],
	["2 s on average, as by chance", 10, 8, 1000, 4000, random => -2000 * Math.log(1 - random)],
	["often short, seldom long", 10, 8, 1000, 6000, random => (random < 0.8 ? 20 : random * 5000)],
	["0.1 to 3 s", 6, 4, 1000, 4000, random => 100 + random * 2900],
	["0.1 to 3 s", 2, 1, 500, 6000, random => 100 + random * 2900],
	["1 s", 6, 4, 1000, 4000, () => 1000],
	// Such a client would find its connection just closed, each time, if `idleTimeout` were a time like this one.
	["30 s", 6, 8, 200, 500, () => 30_000]
] as const satisfies readonly (readonly [string, number, number, number, number, (random: number) => number])[])(
	"pauses of %s: %d clients on %d places lose none of %d POSTs, none waits %d ms",
	async (_, clients, maxConnections, requests, longest, pauseOf) => {
		serve({ maxConnections }).post("/", async (request, response) => response.send(await request.text()));
		const random = randomOf(7);
		const polled = await poll({ clients, latency: 40, pause: () => pauseOf(random()), requests });
		expect(polled.lost).toBe(0);
		expect(polled.longest).toBeLessThan(longest);
		// Each change of places costs a handshake.
		if (clients > maxConnections) expect(polled.connections).toBeLessThan(requests / 1.5);
	}
);

test("a POST that comes after its connection was chosen to be closed is answered", async () => {
	serve({ maxConnections: 1 }).post("/", async (request, response) => response.send(await request.text()));
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
