// Content over maxBody is refused to whoever reads it: filters, routes and error pages come first.
import { expect, test } from "@jest/globals";
import HttpError from "httpsd/http-error";
import { ask, parse, serve } from "../harness";

const sized = (n: number, path = "/") =>
	`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${n}\r\n\r\n${"x".repeat(n)}`;
const chunked = (n: number, path = "/") =>
	`POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${n.toString(16)}\r\n${"x".repeat(n)}\r\n0\r\n\r\n`;

function site() {
	const server = serve({ maxBody: 100, maxDiscard: 10 });
	server.use("/", (_, response) => void response.header("access-control-allow-origin", "*"));
	server.use("/login", () => {
		throw new HttpError(401, "CREDENTIALS", "nobody");
	});
	server.onStatus(413, (_, response, { code }) => response.json({ code }));
	for (const path of ["/", "/login"])
		server.post(path, async (request, response) => {
			let bytes = 0;
			for await (const piece of request.body) bytes += piece.byteLength;
			response.send(String(bytes));
		});
	return server;
}

test.each([sized, chunked])("413 has what filters set and the page of onStatus, at n - 1, n and n + 1", async make => {
	site();
	for (const n of [99, 100]) expect(parse(await ask(make(n))).status).toBe(200);
	expect(parse(await ask(make(101)))).toMatchObject({
		status: 413,
		headers: { "access-control-allow-origin": "*", connection: "close" },
		body: '{"code":"BODY_SIZE"}'
	});
});

test("401, 404 and 405 go before 413, and a handler that reads nothing gives none", async () => {
	site().put("/unread", (_, response) => response.send("ok"));
	const statuses: number[] = [];
	for (const path of ["/login", "/nowhere", "/unread"]) statuses.push(parse(await ask(sized(1000, path))).status);
	expect(statuses).toEqual([401, 404, 405]);
	const unread = parse(await ask(sized(1000, "/unread").replace("POST", "PUT")));
	expect(unread).toMatchObject({ status: 200, headers: { connection: "close" } });
});

test("a client that expects 100-continue gets 413 in its place", async () => {
	site();
	const answer = await ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n");
	expect(parse(answer)).toMatchObject({ status: 413, headers: { connection: "close" } });
});

test.each([sized, chunked])("maxBody by route: more for one, less for another, the server's elsewhere", async make => {
	const server = serve({ maxBody: 100, maxConnections: 64 });
	const size = async (request: { bytes(): Promise<ArrayBuffer> }, response: { send(text: string): void }) =>
		response.send(String((await request.bytes()).byteLength));
	server.post("/", size);
	server.post("/more", size, { maxBody: 1000 });
	server.post("/less", size, { maxBody: 10 });
	for (const [path, max] of [
		["/", 100],
		["/more", 1000],
		["/less", 10]
	] as const)
		for (const n of [max - 1, max, max + 1])
			expect([path, n, parse(await ask(make(n, path))).status]).toEqual([path, n, n <= max ? 200 : 413]);
});

test("a route's option that does not exist or is out of range is refused", () => {
	const server = serve();
	for (const maxBody of [0, -1, 1.5, Number.NaN, "9" as never])
		expect(() => server.post("/", () => {}, { maxBody })).toThrow(RangeError);
	expect(() => server.post("/", () => {}, { maxbody: 1 } as never)).toThrow(TypeError);
});
