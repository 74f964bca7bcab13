// What HTTPSServer does with its two ports. Fakes: both listeners, and a TLS context that does nothing.
import { expect, jest, test } from "@jest/globals";
import type HTTPSServerType from "httpsd/https-server";
import type Response from "httpsd/response";
import { FakeListener, settle } from "../fake-socket";
import { connect, parse } from "../harness";

const made: FakeListener[] = [];
class FakeTLSListener extends FakeListener {
	constructor(options: FakeListener["options"]) {
		super(options);
		made.push(this);
	}

	override read() {
		const socket = super.read();
		return socket && Object.assign(socket, { tls: {} });
	}
}

jest.mock("embedded:io/socket/listener", () => ({ default: FakeListener, __esModule: true }), { virtual: true });
jest.mock("tls/listener", () => ({ default: FakeTLSListener, __esModule: true }));
jest.mock("tls/context", () => ({ default: class {}, __esModule: true }));
const HTTPSServer = require("httpsd/https-server").default as typeof HTTPSServerType;

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

test.each([
	[undefined, "HTTPSServer needs secure: cert and key, or a TLSContext"],
	[null, "HTTPSServer needs secure: cert and key, or a TLSContext"],
	[{}, "HTTPSServer needs secure: cert and key, or a TLSContext"],
	[{ secure: {}, onError: () => {} }, 'HTTPSServer has no option onError: use on("error")'],
	[{ secure: {}, onReadable: () => {} }, 'HTTPSServer has no option onReadable: use on("connected")'],
	[{ secure: {}, plain: "bogus" }, "Option plain is neither redirect nor serve"]
])("B2 HTTPSServer of %j is refused", (options, message) =>
	expect(() => new HTTPSServer(options as never)).toThrow(new TypeError(message))
);

test("C6 both ports may be strings of digits; an error names the port", async () => {
	const server = start({ port: "8443", plainPort: "8080" });
	expect([server.port, server.plainPort]).toEqual([8443, 8080]);
	await server.stop();
	expect(() => start({ plainPort: "http" })).toThrow('plainPort is "http"');
	expect(() => start({ port: "" })).toThrow('port is "": ');
});

function start(limits: object = {}) {
	const server = new HTTPSServer({ secure: {} as never, port: 8443, plainPort: 8080, plain: "serve", ...limits });
	server.start();
	return server;
}

test.each([
	["redirect", {}, 8, 4],
	["serve", {}, 8, 8],
	["serve", { maxConnections: 3 }, 3, 3]
])("Z12 what both ports have in places: %s, %j", (plain, limits, secure, unprotected) => {
	const server = start({ plain, ...limits });
	const all = () => server.peers.length;
	for (let count = 0; count < 20; count++) made.at(-1)?.connect();
	expect(all()).toBe(secure);
	for (let count = 0; count < 20; count++) FakeListener.last.connect();
	expect(all()).toBe(secure + unprotected);
});

test("B8 the stop event comes once, when the last connection of both ports has closed, before the promise resolves", async () => {
	const server = start();
	const told: string[] = [];
	const responses: Response[] = [];
	server.get("/", (_, response) => void responses.push(response));
	server.on("stop", () => told.push("stop"));
	const plain = await connect();
	plain.send(get);
	const stopped = Promise.all([server.stop(), server.stop()]).then(() => told.push("resolved"));
	await settle();
	expect([told, server.peers.length, server.stopping]).toEqual([[], 1, true]);
	expect(() => server.start()).toThrow(TypeError);
	responses[0]?.send("last");
	await stopped;
	expect([told, parse(plain.take()).body]).toEqual([["stop", "resolved"], "last"]);
	server.start();
	await server.stop();
	expect(told).toEqual(["stop", "resolved", "stop"]);
});

test("B11 a handler that is late over the plain port is answered by onStatus, as over TLS, with one error event", async () => {
	jest.useFakeTimers();
	const server = start({ responseTimeout: 1000 });
	const errors: unknown[] = [];
	server.on("error", ({ error }) => errors.push(error));
	server.get("/", () => {});
	server.onStatus(503, (_, response) => response.html("<p>later"));
	const plain = await connect();
	plain.send(get);
	jest.advanceTimersByTime(1000);
	expect([parse(plain.take()), errors.length]).toMatchObject([{ status: 503, body: "<p>later" }, 1]);
	jest.useRealTimers();
});

class OwnListener extends FakeListener {
	static made: OwnListener[] = [];
	constructor(options: FakeListener["options"]) {
		if (options.port === 1) throw new Error("Port is in use");
		super(options);
		OwnListener.made.push(this);
	}
}

test("B2 an io of one's own is what TLS listens with too, and the plain port", async () => {
	const server = start({ io: OwnListener });
	expect(OwnListener.made.map(({ options }) => options.port)).toEqual([8080]);
	expect(made.at(-1)?.options).toMatchObject({ io: OwnListener, secure: {} });
	await server.stop();
	start();
	expect(made.at(-1)?.options).not.toHaveProperty("io");
});

test("B1 when the plain port cannot be had, neither is listened on, and it can be tried again", async () => {
	const server = new HTTPSServer({ secure: {} as never, port: 8443, plainPort: 1, io: OwnListener as never });
	const told: string[] = [];
	server.on("stop", () => told.push("stop"));
	for (let attempt = 0; attempt < 2; attempt++) {
		expect(() => server.start()).toThrow("Port is in use");
		expect([made.at(-1)?.closed, server.stopping]).toEqual([true, false]);
	}
	await server.stop();
	expect(told).toEqual(["stop", "stop"]);
});

test("B2 Strict-Transport-Security is sent over TLS only", async () => {
	const server = start({ hsts: { maxAge: 60 } });
	server.get("/", (request, response) => response.send(request.tls === undefined ? "plain" : "TLS"));
	const ask = async (listener = FakeListener.last) => {
		const client = listener.connect();
		await settle();
		client.send(get);
		const { body, headers } = parse(client.take());
		return [body, headers["strict-transport-security"]];
	};
	expect(await ask(made.at(-1))).toEqual(["TLS", "max-age=60"]);
	expect(await ask()).toEqual(["plain", undefined]);
});
