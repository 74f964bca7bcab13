import { describe, expect, test } from "@jest/globals";
import type Channel from "httpsd/channel";
import Headers from "httpsd/headers";
import type Response from "httpsd/response";
import { settle } from "../fake-socket";
import { ask, bytes, connect, latin1, parse, serve } from "../harness";

const get = (path: string, fields = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;

/** Sends all that comes back, and leaves at a full stop. */
function echo(response: Response, ends: string[]): void {
	const channel = response.upgrade("echo") as Channel;
	channel.attach({
		process() {
			for (let piece = channel.input.take(4); piece !== undefined; piece = channel.input.take(4)) {
				channel.send(piece);
				if (latin1(piece).endsWith(".")) channel.leave(false);
			}
		},
		stop: () => channel.destroy(),
		closed: () => void ends.push("closed")
	});
}

test.each([
	["echo", true],
	["HTTP/2.0", true],
	["TLS/1.2, HTTP/1.1", true],
	["x\r\nEvil: 1", false],
	["x\nEvil: 1", false],
	["a/b/c", false],
	["a b", false],
	["a,", false],
	["a/", false],
	["", false],
	["é", false]
])("upgrade(%j): %s, only a list of protocols gets into the head (RFC 9110 §7.8)", async (protocol, fits) => {
	serve().get("/", (_, response) => void response.upgrade(protocol));
	const asking = `Connection: Upgrade\r\nUpgrade: ${fits ? protocol : "x"}\r\n`;
	expect((await ask(get("/", asking))).includes(`101 Switching Protocols\r\n`)).toBe(fits);
});

test.each([
	["without Upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n", 426],
	["to another protocol", get("/", "Connection: Upgrade\r\nUpgrade: echo/2\r\n"), 426],
	["without Connection: Upgrade", get("/", "Upgrade: echo\r\n"), 426],
	["of HTTP/1.0", "GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n", 426],
	["whose content is not read", get("/", "Connection: Upgrade\r\nUpgrade: echo\r\nContent-Length: 1\r\n"), 400],
	["of HEAD", get("/", "Connection: Upgrade\r\nUpgrade: echo\r\n").replace("GET", "HEAD"), 426],
	["among others", get("/", "Connection: close, upgrade\r\nUpgrade: x, Echo\r\n"), 101]
])("upgrade() of a request %s is answered as RFC 9110 §7.8 has it", async (_, request, status) => {
	serve().get("/", (_, response) => void response.upgrade("echo"));
	const { headers, ...answer } = parse(await ask(request));
	expect([answer.status, headers.upgrade]).toEqual([status, "echo"]);
});

describe("B11 what goes beyond requests and responses, over a fake listener", () => {
	test("raw send and receive: after an upgrade the bytes are the handler's", async () => {
		const ends: string[] = [];
		const server = serve();
		server.get("/raw", (_, response) => echo(response, ends));
		const client = await connect();
		client.send(`${get("/raw", "Connection: Upgrade\r\nUpgrade: echo\r\n")}early \xff\0`);
		const received = client.take();
		expect(received).toMatch(/^HTTP\/1.1 101 Switching Protocols\r\n(.*\r\n)*upgrade: echo\r\n\r\n/);
		expect(received.endsWith("\r\n\r\nearly \xff\0")).toBe(true);
		client.send("later, and the end.");
		await settle();
		expect([client.take(), client.closed, ends]).toEqual(["later, and the end.", true, ["closed"]]);
		const other = await connect();
		other.send(get("/raw", "Connection: Upgrade\r\nUpgrade: echo\r\n"));
		server.stop();
		expect([other.closed, ends.length]).toEqual([true, 2]);
	});

	test("the list of connections, with a context each; one can be destroyed", async () => {
		const server = serve();
		server.get("/:name", (request, response) => {
			request.peer.context = request.params.name;
			response.send("x");
		});
		const clients = [await connect(), await connect()];
		for (const [index, client] of clients.entries()) client.send(get(`/${index}`));
		expect(server.peers.map(peer => [peer.id, peer.context, peer.remoteAddress])).toEqual([
			[1, "0", "192.0.2.1"],
			[2, "1", "192.0.2.1"]
		]);
		server.peers.find(peer => peer.context === "0")?.destroy();
		expect([clients.map(client => client.closed), server.peers.length]).toEqual([[true, false], 1]);
	});

	test("a work queue: what was put off runs after the handler, and may answer long after it", async () => {
		const queue: (() => void)[] = [];
		serve().get("/", (_, response) => void queue.push(() => response.send("late")));
		const [first, second] = [await connect(), await connect()];
		for (const client of [first, second]) client.send(get("/"));
		second.leave();
		for (const work of queue) work();
		expect(parse(first.take()).body).toBe("late");
	});

	test("trailers leave behind chunks, not for HTTP/1.0 or HEAD; framing fields are no trailers", async () => {
		const trailers = new Headers();
		trailers.set("X-Sum", "7");
		const bad = new Headers();
		bad.set("Content-Length", 3);
		const server = serve();
		server.get("/good", async (_, response) => {
			await response.write(bytes("abc"));
			response.end("", trailers);
		});
		server.get("/bad", (_, response) => {
			response.write("abc");
			expect(() => response.end("", bad)).toThrow(TypeError);
			response.end();
		});
		expect(parse(await ask(get("/good"))).body).toBe("3\r\nabc\r\n0\r\nx-sum: 7\r\n\r\n");
		expect(parse(await ask("GET /good HTTP/1.0\r\n\r\n")).body).toBe("abc");
		expect(parse(await ask(get("/good").replace("GET", "HEAD"))).body).toBe("");
		expect(parse(await ask(get("/bad"))).body).toBe("3\r\nabc\r\n0\r\n\r\n");
	});
});
