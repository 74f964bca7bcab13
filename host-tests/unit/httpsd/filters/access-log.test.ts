import { expect, test } from "@jest/globals";
import { type AccessLogOptions, accessLog } from "httpsd/filters/access-log";
import type Response from "httpsd/response";
import { settle } from "../fake-socket";
import { get } from "../files/get";
import { connect, serve } from "../harness";

function site(options: AccessLogOptions = {}): { server: ReturnType<typeof serve>; lines: string[] } {
	const lines: string[] = [];
	const server = serve({ maxConnections: 100 });
	server.use("/", accessLog({ write: line => lines.push(line), ...options }));
	server.get("/*", (request, response) => {
		request.user = "ada x\n";
		response.send("hello");
	});
	return { server, lines };
}

test("B11 the Common Log Format, whatever a client writes into it", async () => {
	const { lines } = site();
	await get('/a?"b\\c');
	await get("/a", "", "HEAD");
	await get("/a", "", "PUT");
	const date = /\[\d\d\/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/\d{4}:\d\d:\d\d:\d\d \+0000\]/;
	expect(lines.map(line => line.replace(date, "DATE"))).toEqual([
		expect.stringMatching(/^\S+ - ada\\x20x\\x0a DATE "GET \/a\?\\x22b\\x5cc HTTP\/1\.1" 200 5$/),
		expect.stringMatching(/ DATE "HEAD \/a HTTP\/1\.1" 200 -$/),
		expect.stringMatching(/ - - DATE "PUT \/a HTTP\/1\.1" 405 23$/)
	]);
});

test("B11 the combined format, and a function", async () => {
	const { lines } = site({ format: "combined" });
	await get("/", 'User-Agent: a "b"\r\n');
	expect(lines[0]).toMatch(/ "GET \/ HTTP\/1\.1" 200 5 "-" "a \\x22b\\x22"$/);
	const own = site({ format: ({ status, request }) => (status === 200 ? undefined : `${status} ${request.path}`) });
	await get("/a");
	await get("/b", "", "PUT");
	expect(own.lines).toEqual(["405 /b"]);
	expect(() => accessLog({ format: "clf" as "common" })).toThrow(TypeError);
	expect(() => accessLog({ form: "common" } as AccessLogOptions)).toThrow(TypeError);
});

test("B11 no character of a client's ends a line to any viewer, or turns it around", async () => {
	const { lines } = site({ format: "combined" });
	const sent = Buffer.from("User-Agent: a\u2028b\u202ec\ufeffd\u0085e\u00adé😀\r\n").toString("latin1");
	await get("/", sent);
	expect(lines[0]).toMatch(/ "a\\u2028b\\u202ec\\ufeffd\\x85e\\xadé😀"$/);
});

// Where there was no room to read a long field the line was not written: who sent one was not logged.
test("Z12 who sends a long field is logged also where a device has no room to read it", async () => {
	const { lines } = site({ format: "combined" });
	const all = globalThis as unknown as { native: (name: string) => unknown };
	const { native } = all;
	all.native = name => (name === "xs_xstls_xs_has_room" ? () => false : native(name));
	await get("/", `User-Agent: ${"a".repeat(300)}\r\nReferer: b\r\n`);
	all.native = native;
	expect(lines[0]).toMatch(/ "GET \/ HTTP\/1\.1" 200 5 "b" "-"$/);
});

test("B11 bytes of a response in pieces, one that is cut off, one that has not begun, an upgrade", async () => {
	const { server, lines } = site({
		format: ({ request, ...rest }) => `${request.path} ${rest.status} ${rest.bytes} ${rest.isComplete}`
	});
	server.get("/pieces", async (_, response) => {
		await response.write("abc");
		response.end("de");
	});
	const kept: Response[] = [];
	server.get("/cut", (_, response) => {
		kept.push(response);
		response.write("abc");
	});
	server.get("/never", (_, response) => void kept.push(response));
	server.get("/upgrade", (_, response) => void response.upgrade("x"));
	await get("/pieces");
	for (const path of ["/cut", "/never"]) {
		const client = await connect();
		client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
		await settle();
		for (const peer of server.peers) peer.destroy();
		await settle();
	}
	await get("/upgrade", "Connection: upgrade\r\nUpgrade: x\r\n");
	expect(lines).toEqual(["/pieces 200 5 true", "/cut 200 3 false", "/never 499 0 false", "/upgrade 101 0 true"]);
});

test("B11 each who waits for a response's end is told once; what one throws is an error event", async () => {
	const server = serve();
	const told: unknown[] = [];
	server.on("error", ({ error }) => told.push(`${error}`));
	server.get("/", (_, response) => {
		response.whenDone(bytes => told.push(bytes));
		response.whenDone(() => {
			throw new Error("thrown");
		});
		response.send("hello");
	});
	expect((await get("/")).body).toBe("hello");
	for (const peer of server.peers) peer.destroy();
	expect(told).toEqual([5, "Error: thrown"]);
});
