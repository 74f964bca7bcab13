import { describe, expect, test } from "@jest/globals";
import HttpError from "httpsd/http-error";
import type Response from "httpsd/response";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";

/** What comes back for a response made so. */
async function respond(make: (response: Response) => unknown, line = "GET / HTTP/1.1"): Promise<string> {
	serve().handle("*", "/", (_, response) => make(response));
	return ask(`${line}\r\nHost: a\r\n\r\n`);
}

describe("response over a fake listener", () => {
	test.each([
		["set-cookie", "a\r\nx: y"],
		["x", "a\nb"],
		["x", "a\rb"],
		["x", "a\0b"],
		["x", "a\x7fb"],
		["x y", "a"],
		["x:", "a"],
		["", "a"],
		["x\r\ny", "a"],
		["Content-Length", "1"],
		["Transfer-Encoding", "chunked"],
		["Connection", "close"]
	])("header %j: %j throws at the caller", async (name, value) => {
		const thrown: unknown[] = [];
		await respond(response => {
			for (const act of [() => response.header(name, value), () => response.headers.append(name, value)])
				try {
					act();
				} catch (error) {
					thrown.push(error);
				}
			response.send();
		});
		expect(thrown).toEqual([expect.any(TypeError), expect.any(TypeError)]);
	});

	test("writes chunks for HTTP/1.1, until the close for HTTP/1.0, a length where it is told", async () => {
		const make = async (response: Response) => {
			await response.write("ab");
			await response.write(new Uint8Array([99]));
			response.end("d");
		};
		const chunked = parse(await respond(make));
		expect([chunked.headers["transfer-encoding"], chunked.body]).toEqual([
			"chunked",
			"2\r\nab\r\n1\r\nc\r\n1\r\nd\r\n0\r\n\r\n"
		]);
		const old = parse(await respond(make, "GET / HTTP/1.0"));
		expect([old.headers.connection, old.body]).toEqual(["close", "abcd"]);
		const sized = parse(await respond(response => make(response.length(4))));
		expect([sized.headers["content-length"], sized.body]).toEqual(["4", "abcd"]);
		const head = parse(await respond(make, "HEAD / HTTP/1.1"));
		expect([head.headers["transfer-encoding"], head.body]).toEqual(["chunked", ""]);
	});

	test("content that does not fit its length: throws when longer, cuts off when shorter", async () => {
		const long = respond(response => response.length(3).write("abcd"));
		expect(await long).not.toContain("abcd");
		const server = serve();
		server.get("/", (_, response) => response.length(3).end("ab"));
		const client = await connect();
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		expect([client.closed, parse(client.take()).headers["content-length"]]).toEqual([true, "3"]);
	});

	test("has no content where the status has none", async () => {
		expect(parse(await respond(response => response.status(204).send())).headers).not.toHaveProperty("content-length");
		expect(parse(await respond(response => response.status(304).send())).headers).not.toHaveProperty("content-length");
		expect(parse(await respond(response => response.status(204).send("x"))).status).toBe(500);
		expect(parse(await respond(response => response.status(99))).status).toBe(500);
	});

	test("a second send throws at the caller and does not disturb the connection", async () => {
		const events: unknown[] = [];
		const server = serve();
		server.on("error", ({ error }) => events.push(error));
		server.get("/", (_, response) => {
			response.send("1");
			response.send("2");
		});
		const client = await connect();
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2));
		await settle();
		expect(client.take().match(/\r\n\r\n./g)).toEqual(["\r\n\r\n1", "\r\n\r\n1"]);
		expect(events).toHaveLength(2);
	});

	test("errors: HttpError by its status, custom page, rejection after the head cuts off", async () => {
		const server = serve();
		server.onStatus(418, (_, response) => response.html("<p>teapot"));
		server.get("/tea", () => Promise.reject(new HttpError(418, "TEA", "internal words")));
		server.get("/half", async (_, response) => {
			await response.write("half");
			throw new Error("internal words");
		});
		expect(parse(await ask("GET /tea HTTP/1.1\r\nHost: a\r\n\r\n"))).toMatchObject({ status: 418, body: "<p>teapot" });
		const client = await connect();
		client.send("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
		await settle();
		expect(client.closed).toBe(true);
		expect(client.take()).toMatch(/half\r\n$/);
	});

	test("onStatus: to take an older handler away leaves the newer one, and the other way round", async () => {
		const server = serve();
		const page = (text: string) => server.onStatus(404, (_, response) => response.send(text));
		const answer = async () => parse(await ask("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")).body;
		const [undoOld, undoNew] = [page("old"), page("new")];
		undoOld();
		expect(await answer()).toBe("new");
		undoNew();
		expect(await answer()).toBe("404 Not Found\n");
	});

	test("use() runs filters before routes, by prefix, and takes over", async () => {
		const seen: string[] = [];
		const server = serve();
		server.use("/", request => void seen.push(`all ${request.path}`));
		const remove = server.use("/api", async (_, response) => response.status(401).send());
		server.get("/*", (_, response) => response.send("ok"));
		const get = async (path: string) => parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).status;
		expect([await get("/api"), await get("/api/x"), await get("/apis")]).toEqual([401, 401, 200]);
		remove();
		expect([await get("/api"), seen.length]).toEqual([200, 4]);
	});
});
