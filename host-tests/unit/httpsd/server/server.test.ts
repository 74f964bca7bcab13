import { describe, expect, test } from "@jest/globals";
import { FakeListener, settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";

describe("server over a fake listener", () => {
	test("B11 answers GET with head and content in one write", async () => {
		serve().get("/hello/:name", (request, response) => response.send(`Hello, ${request.params.name}`));
		const client = await connect();
		client.send("GET /hello/w%C3%B6rld HTTP/1.1\r\nHost: a\r\n\r\n");
		expect(client.chunks).toHaveLength(1);
		const { status, headers, body } = parse(client.take());
		expect([status, Buffer.from(body, "latin1").toString()]).toEqual([200, "Hello, wörld"]);
		expect(headers).toMatchObject({ "content-length": "13", "content-type": "text/plain;charset=utf-8" });
		expect(headers).not.toHaveProperty("connection");
	});

	test("B11 keep-alive and pipelining: answers in order on one connection", async () => {
		const server = serve();
		server.get("/slow", async (_, response) => {
			await settle();
			response.send("1");
		});
		server.get("/fast", (_, response) => response.send("2"));
		const client = await connect();
		client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /fast HTTP/1.1\r\nHost: a\r\n\r\n");
		for (let turn = 0; turn < 3; turn++) await settle();
		expect(client.take().match(/\r\n\r\n\d/g)).toEqual(["\r\n\r\n1", "\r\n\r\n2"]);
		expect(client.closed).toBe(false);
	});

	test("B11 HEAD has the fields of GET and no content", async () => {
		serve().get("/", (_, response) => response.json({ a: 1 }));
		const { headers, body } = parse(await ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"));
		expect([headers["content-length"], headers["content-type"], body]).toEqual(["7", "application/json", ""]);
	});

	test("B11 HEAD and OPTIONS are not a catch-all's where there is a page", async () => {
		const server = serve();
		server.handle("*", "/h/*", (_, response) => response.status(403).send());
		server.get("/h/page", (_, response) => response.send("page"));
		expect(parse(await ask("HEAD /h/page HTTP/1.1\r\nHost: a\r\n\r\n"))).toMatchObject({
			status: 200,
			headers: { "content-length": "4" }
		});
		expect(parse(await ask("OPTIONS /h/page HTTP/1.1\r\nHost: a\r\n\r\n"))).toMatchObject({
			status: 204,
			headers: { allow: "GET, HEAD, OPTIONS" }
		});
	});

	test("B11 404, 405 with Allow, OPTIONS, 501", async () => {
		const server = serve();
		server.get("/a", (_, response) => response.send("a"));
		server.put("/a", (_, response) => response.send("a"));
		const answer = async (line: string) => parse(await ask(`${line} HTTP/1.1\r\nHost: a\r\n\r\n`));
		expect((await answer("GET /b")).status).toBe(404);
		const refused = await answer("POST /a");
		expect([refused.status, refused.headers.allow]).toEqual([405, "GET, PUT, HEAD, OPTIONS"]);
		const options = await answer("OPTIONS /a");
		expect([options.status, options.headers.allow]).toEqual([204, "GET, PUT, HEAD, OPTIONS"]);
		expect(options.headers).not.toHaveProperty("content-length");
		expect((await answer("OPTIONS *")).status).toBe(204);
		expect((await answer("BREW /a")).status).toBe(501);
		expect((await answer("CONNECT a:1")).status).toBe(501);
	});

	test("B11 HTTP/1.0 closes unless it asks for keep-alive", async () => {
		serve().get("/", (_, response) => response.send("x"));
		expect(parse(await ask("GET / HTTP/1.0\r\n\r\n")).headers.connection).toBe("close");
		const kept = await ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
		expect(parse(kept).headers.connection).toBe("keep-alive");
	});

	test("the io's own options are handed through, the port is reported", () => {
		const secure = {};
		const server = serve({ port: 8443, secure, address: "127.0.0.1", maxConnections: 2 });
		expect(FakeListener.last.options).toMatchObject({ port: 8443, secure, address: "127.0.0.1" });
		expect(FakeListener.last.options).not.toHaveProperty("maxConnections");
		expect([server.port, server.limits.maxConnections]).toEqual([8443, 2]);
		expect(() => serve({ maxConnections: 0 })).toThrow(RangeError);
	});

	test("C6 a port may be a string of digits, and the io is given a number", () => {
		expect(serve({ port: "8443" }).port).toBe(8443);
		expect(FakeListener.last.options.port).toBe(8443);
		expect(() => serve({ port: "https" })).toThrow('port is "https": it must be 0 to 65535');
	});
});
