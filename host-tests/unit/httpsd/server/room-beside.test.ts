// Z12 Z17: where XS has no room for a connection of one port, an idle one of the other makes some, as one of its own does. A browser that kept one
// open over TLS kept a CA away from the plain port, which wants to see a proof there. Fakes: both listeners, a TLS context that does nothing, XS's room.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type HTTPSServerType from "httpsd/https-server";
import Budget from "httpsd/memory/budget";
import { type FakeClient, FakeListener } from "../fake-socket";
import { connect, parse, pass } from "../harness";

const made: FakeListener[] = [];
class FakeTLSListener extends FakeListener {
	mayAccept: unknown;

	constructor(options: FakeListener["options"]) {
		super(options);
		made.push(this);
	}
}

jest.mock("embedded:io/socket/listener", () => ({ default: FakeListener, __esModule: true }), { virtual: true });
jest.mock("tls/listener", () => ({ default: FakeTLSListener, __esModule: true }));
jest.mock("tls/context", () => ({ default: class {}, __esModule: true }));
const HTTPSServer = require("httpsd/https-server").default as typeof HTTPSServerType;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/** A server where XS has room for so many connections, and a client that is over TLS. */
function serve(room: number) {
	const budget: Budget = new Budget(100_000, 0, 0, undefined, 0, () => budget.open < room);
	const server = new HTTPSServer({ secure: {} as never, plainPort: 8080, plain: "serve", ...{ budget } });
	server.get("/", (_, response) => response.send("good"));
	server.start();
	return { server, connectTLS: () => (made.at(-1) as FakeListener).connect() };
}

test.each([
	["that has asked nothing", 0],
	["that is kept", 1],
	["that is kept, and has asked often", 9]
])("Z12 Z17 an idle connection over TLS %s makes room for one of the plain port", async (_, requests) => {
	const { server, connectTLS } = serve(1);
	const kept = connectTLS();
	for (let count = 0; count < requests; count++) {
		kept.send(get);
		await pass(100);
	}
	expect(kept.closed).toBe(false);
	const plain = await connect();
	plain.send(get);
	await pass(server.limits.busyBodyTimeout + 1000);
	expect([kept.closed, parse(plain.take()).body]).toEqual([true, "good"]);
});

test("Z12 Z17 one that is asked often ends with an answer, by which its client loses nothing", async () => {
	const { server, connectTLS } = serve(1);
	const busy = connectTLS();
	const plain = await connect();
	plain.send(get);
	const { busyKeepAlive, purgeAfter } = server.limits;
	const answers: ReturnType<typeof parse>[] = [];
	for (let time = 0; time < busyKeepAlive + 1000 && answers.at(-1)?.headers.connection !== "close"; time += 100) {
		busy.send(get);
		await pass(100);
		answers.push(parse(busy.take()));
	}
	expect(answers.every(({ body }) => body === "good")).toBe(true);
	expect(answers.at(-1)?.headers.connection).toBe("close");
	await pass(purgeAfter);
	expect(parse(plain.take()).body).toBe("good");
});

test("Z12 Z17 beside clients who come again and again, one at the other port has its turn", async () => {
	const { server, connectTLS } = serve(1);
	let served = 0;
	/** Asks as soon as it has been answered, on a connection that it keeps. */
	const busy = () => {
		let client: FakeClient | undefined;
		return () => {
			const isAnswered = client?.take() !== "";
			if (isAnswered && client !== undefined) served++;
			if (client === undefined || client.closed) client = connectTLS();
			else if (!isAnswered) return;
			client.send(get);
		};
	};
	const clients = [busy(), busy(), busy()];
	const goOn = async (milliseconds: number) => {
		for (let time = 0; time < milliseconds; time += 50) {
			for (const ask of clients) ask();
			await pass(50);
		}
	};
	await goOn(10_000);
	const plain = await connect();
	plain.send(get);
	await goOn(2 * server.limits.busyKeepAlive);
	expect(parse(plain.take()).body).toBe("good");
	plain.leave();
	const before = served;
	await goOn(1000);
	expect([before > 100, served > before + 10]).toEqual([true, true]);
});

test("Z12 for want of a place none of the other port is closed", async () => {
	const { server, connectTLS } = serve(99);
	const kept = connectTLS();
	kept.send(get);
	for (let count = 0; count < 50; count++) await connect();
	await pass(100);
	expect([kept.closed, server.peers.length]).toEqual([false, 9]);
});
