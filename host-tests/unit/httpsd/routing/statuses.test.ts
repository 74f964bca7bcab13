import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { reasonPhrase } from "httpsd/message/status";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const post = (fields: string, body = "") => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n${body}`;
const chunked = (body: string) => post("Transfer-Encoding: chunked\r\n", body);

const refusals: readonly (readonly [status: number, name: string, sent: string])[] = [
	[400, "a malformed head", "GET /\r\n\r\n"],
	[400, "a malformed chunk", chunked("x\r\n")],
	[411, "no length where a handler wants one", chunked("0\r\n\r\n").replace("/", "/sized")],
	[413, "a length over maxBody", post("Content-Length: 1001\r\n")],
	[413, "chunks over maxBody", chunked(`3e9\r\n${"x".repeat(1001)}`)],
	[413, "text over maxBufferedBody", post("Content-Length: 501\r\n", "x".repeat(501))],
	[414, "a request line over maxRequestLine", `GET /${"a".repeat(2048)} HTTP/1.1\r\nHost: a\r\n\r\n`],
	[415, "another type than the handler's form", post("Content-Length: 0\r\n").replace("/", "/form")],
	[417, "an expectation that is none", post("Expect: 200-maybe\r\nContent-Length: 1\r\n")],
	[431, "a head over maxHeadBytes", post(`X: ${"a".repeat(8192)}\r\n`)],
	[431, "more than maxHeaderCount field lines", post("X: a\r\n".repeat(65))],
	[431, "trailers over maxTrailerBytes", chunked(`0\r\nX: ${"a".repeat(1024)}\r\n\r\n`)],
	[501, "a transfer coding that is not known", post("Transfer-Encoding: gzip, chunked\r\n")],
	[501, "a method that is not known", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"],
	[505, "another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"],
	[408, "a head that does not end", "GET / HTTP/1.1\r\nHost: a\r\n"],
	[408, "a body that does not end", post("Content-Length: 2\r\n", "x")],
	[503, "a handler that does not answer", "GET /never HTTP/1.1\r\nHost: a\r\n\r\n"]
];

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test.each(refusals)("B11 %i for %s: status and phrase, and nothing internal", async (status, _, sent) => {
	const server = serve({ maxBody: 1000, maxBufferedBody: 500, maxDiscard: 100 });
	server.post("/", async (request, response) => response.send(await request.text()));
	server.post("/sized", (request, response) => response.send(String(request.body.requireLength())));
	server.post("/form", async (request, response) => response.json([...(await request.form())]));
	server.get("/never", () => {});
	const client = await connect();
	client.send(sent);
	await settle();
	jest.advanceTimersByTime(60_000);
	await settle();
	const { headers, body, ...answer } = parse(client.take());
	expect([answer.status, body]).toEqual([status, `${status} ${reasonPhrase(status)}\n`]);
	expect(Object.keys(headers).sort()).toEqual(
		["connection", "content-length", "content-type", "date"].filter(name => name in headers)
	);
	jest.advanceTimersByTime(60_000);
	expect(client.closed).toBe(true);
});

test("B11 a handler of one's own for each status, with the error that led to it", async () => {
	const server = serve();
	server.onStatus(404, (request, response, error) => response.json({ path: request.path, code: error.code }));
	const undo = server.onStatus(405, () => {
		throw new Error("secret words");
	});
	server.get("/", (_, response) => response.send("x"));
	const answer = async (line: string) => {
		const client = await connect();
		client.send(`${line} HTTP/1.1\r\nHost: a\r\n\r\n`);
		return parse(client.take());
	};
	expect(await answer("GET /a")).toMatchObject({ status: 404, body: '{"path":"/a","code":"NOT_FOUND"}' });
	expect(await answer("PUT /")).toMatchObject({ status: 405, body: "405 Method Not Allowed\n" });
	undo();
	expect(await answer("PUT /")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, OPTIONS" } });
});

test("B11 an error page has none of the content fields that the handler had set", async () => {
	const server = serve();
	server.get("/", (_, response) => {
		response.type("text/csv").header("content-encoding", "gzip").header("content-disposition", "attachment");
		response.header("etag", '"a"').header("last-modified", "Mon, 01 Jan 2024 00:00:00 GMT").header("x-kept", "b");
		throw new Error("half way");
	});
	for (const page of [undefined, "<p>sorry"]) {
		if (page !== undefined) server.onStatus(500, (_, response) => response.html(page));
		const client = await connect();
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		const { status, headers, body } = parse(client.take());
		expect([status, body, headers["x-kept"]]).toEqual([500, page ?? "500 Internal Server Error\n", "b"]);
		expect(headers["content-type"]).toMatch(/^text\/(plain|html);charset=utf-8$/);
		for (const name of ["content-encoding", "content-disposition", "etag", "last-modified"])
			expect(headers).not.toHaveProperty(name);
	}
});
