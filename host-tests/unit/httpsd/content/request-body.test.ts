import { describe, expect, jest, test } from "@jest/globals";
import type Request from "httpsd/request";
import { settle } from "../fake-socket";
import { ask, connect, latin1, parse, serve } from "../harness";

const post = (fields: string, body = "") => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}`;

describe("request body over a fake listener", () => {
	test("B11 chunked and sized bodies arrive at any split; the next request follows", async () => {
		serve({ maxConnections: 100 }).post("/", async (request, response) => response.send(`<${await request.text()}>`));
		const text = `${post("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")}${post("Content-Length: 3", "def")}`;
		for (let at = 1; at < text.length; at += 3) {
			const client = await connect();
			client.send(text.slice(0, at));
			await settle();
			client.send(text.slice(at));
			await settle();
			expect(client.take().match(/<...>/g)).toEqual(["<abc>", "<def>"]);
		}
	});

	test("backpressure: no more than maxAhead bytes are read before the handler reads", async () => {
		const requests: Request[] = [];
		serve({ readSize: 100, maxAhead: 500 }).post("/", request => void requests.push(request));
		const client = await connect();
		client.send(post("Content-Length: 1000", "x".repeat(1000)));
		const left = client.available;
		expect(left).toBeGreaterThan(900);
		await settle();
		expect(client.available).toBe(left);
		await requests[0]?.body.read();
		await requests[0]?.body.read();
		expect(client.available).toBe(left - 100);
	});

	test("a loop over the content that ends early is continued by the next", async () => {
		serve({ readSize: 2, maxAhead: 1 }).post("/", async (request, response) => {
			const seen: string[] = [];
			for (let loop = 0; loop < 3; loop++)
				for await (const piece of request.body) {
					seen.push(latin1(piece));
					if (loop === 0) break;
				}
			response.json(seen);
		});
		expect(parse(await ask(post("Content-Length: 5", "abcde"))).body).toBe('["a","bc","de"]');
	});

	test("json() and text() refuse what is not: 400; bytes() over its limit: 413", async () => {
		const server = serve({ maxBufferedBody: 10 });
		server.post("/", async (request, response) => response.json(await request.json(["a"])));
		server.put("/", async (request, response) => response.send(await request.bytes(5)));
		expect(parse(await ask(post("Content-Length: 7", '{"a":1}'))).body).toBe('{"a":1}');
		expect(parse(await ask(post("Content-Length: 3", "{a}"))).status).toBe(400);
		expect(parse(await ask(post("Content-Length: 3", '"\xff"'))).status).toBe(400);
		expect(parse(await ask(post("Content-Length: 11", "1".repeat(11)))).status).toBe(413);
		expect(parse(await ask(post("Transfer-Encoding: chunked", `b\r\n${"1".repeat(11)}\r\n0\r\n\r\n`))).status).toBe(
			413
		);
		const put = (body: string) => ask(post(`Content-Length: ${body.length}`, body).replace("POST", "PUT"));
		for (const n of [4, 5, 6]) expect(parse(await put("x".repeat(n))).status).toBe(n <= 5 ? 200 : 413);
	});

	test("json() without the names of properties is the handler's fault, and so is an array's index among them", async () => {
		const server = serve();
		const failed = jest.fn();
		server.on("error", ({ error }) => failed(error));
		server.post("/", async request => request.json(undefined as unknown as string[]));
		server.put("/", async request => request.json(["a", "0"]));
		for (const method of ["POST", "PUT"]) {
			const text = post("Content-Length: 2", "{}").replace("POST", method);
			expect(parse(await ask(text)).status).toBe(500);
			expect(failed).toHaveBeenLastCalledWith(expect.any(TypeError));
		}
	});

	test("a malformed chunk is 400, and the connection ends", async () => {
		serve().post("/", async (request, response) => response.send(await request.text()));
		const client = await connect();
		client.send(post("Transfer-Encoding: chunked", "3\r\nabcX\r\n"));
		await settle();
		expect(parse(client.take())).toMatchObject({ status: 400, headers: { connection: "close" } });
	});

	test("Expect: 100-continue is answered when the body is asked for, and not without", async () => {
		const server = serve();
		server.post("/", async (request, response) => response.send(await request.text()));
		server.put("/", (_, response) => response.status(403).send("no"));
		const client = await connect();
		client.send(post("Content-Length: 3\r\nExpect: 100-continue"));
		expect(client.take()).toBe("HTTP/1.1 100 Continue\r\n\r\n");
		client.send("abc");
		await settle();
		expect(parse(client.take())).toMatchObject({ status: 200, body: "abc" });
		const refused = await ask(post("Content-Length: 3\r\nExpect: 100-continue").replace("POST", "PUT"));
		expect(parse(refused)).toMatchObject({ status: 403, headers: { connection: "close" } });
	});

	test("unread content is discarded up to maxDiscard, beyond that the connection closes", async () => {
		serve({ maxDiscard: 10, maxBody: 100 }).post("/", (_, response) => response.send("ok"));
		for (const n of [9, 10, 11]) {
			const client = await connect();
			client.send(`${post(`Content-Length: ${n}`, "x".repeat(n))}`);
			client.send(post("Content-Length: 0"));
			expect([n, client.take().match(/ok/g)?.length]).toEqual([n, n <= 10 ? 2 : 1]);
		}
		const over = await ask(post("Content-Length: 101"));
		expect(parse(over)).toMatchObject({ status: 200, headers: { connection: "close" }, body: "ok" });
	});
});
