import { beforeEach, describe, expect, test } from "@jest/globals";
import { memoryFiles } from "httpsd/file-stores";
import { serve } from "../harness";
import { get } from "./get";

const modified = Date.UTC(2025, 0, 2);
const files = {
	"index.html": "<p>index",
	"a/index.html": "<p>a",
	"app.js": "0123456789",
	"app.js.gz": "gz",
	"app.js.br": "br",
	"data.unknown": new ArrayBuffer(5),
	secret: "s"
};

describe("files over a fake listener", () => {
	beforeEach(() => void serve({ maxConnections: 100 }).files("/f", memoryFiles(files, { modified })));

	test("B11 content, type, validators, folders", async () => {
		const { status, headers, body } = await get("/f/app.js");
		expect([status, body]).toEqual([200, "0123456789"]);
		expect(headers).toMatchObject({
			"content-type": "text/javascript;charset=utf-8",
			"content-length": "10",
			"last-modified": "Thu, 02 Jan 2025 00:00:00 GMT",
			"cache-control": "no-cache",
			"accept-ranges": "bytes",
			etag: expect.stringMatching(/^"[0-9a-f]{16}"$/)
		});
		expect((await get("/f/")).body).toBe("<p>index");
		expect((await get("/f/a/")).body).toBe("<p>a");
		expect((await get("/f/data.unknown")).headers["content-type"]).toBe("application/octet-stream");
		const head = await get("/f/app.js", "", "HEAD");
		expect([head.headers["content-length"], head.headers.etag, head.body]).toEqual(["10", headers.etag, ""]);
	});

	test("B11 304 and 412 by entity tag and date", async () => {
		const { etag } = (await get("/f/app.js")).headers;
		const same = await get("/f/app.js", `If-None-Match: ${etag}\r\n`);
		expect([same.status, same.headers.etag, same.body]).toEqual([304, etag, ""]);
		expect(same.headers).not.toHaveProperty("content-length");
		expect((await get("/f/app.js", "If-Modified-Since: Thu, 02 Jan 2025 00:00:00 GMT\r\n")).status).toBe(304);
		expect((await get("/f/app.js", 'If-Match: "other"\r\n')).status).toBe(412);
	});

	test("B11 one range, several, none that exists, If-Range", async () => {
		const one = await get("/f/app.js", "Range: bytes=2-4\r\n");
		expect([one.status, one.headers["content-range"], one.body]).toEqual([206, "bytes 2-4/10", "234"]);
		const several = await get("/f/app.js", "Range: bytes=0-1,-1\r\n");
		const boundary = /boundary=(.+)$/.exec(several.headers["content-type"] ?? "")?.[1];
		const part = (range: string, text: string) =>
			`\r\n--${boundary}\r\ncontent-type: text/javascript;charset=utf-8\r\ncontent-range: bytes ${range}/10\r\n\r\n${text}`;
		expect(several.body).toBe(`${part("0-1", "01")}${part("9-9", "9")}\r\n--${boundary}--\r\n`);
		expect(several.headers["content-length"]).toBe(String(several.body.length));
		const none = await get("/f/app.js", "Range: bytes=10-\r\n");
		expect([none.status, none.headers["content-range"]]).toEqual([416, "bytes */10"]);
		expect((await get("/f/app.js", 'Range: bytes=2-4\r\nIf-Range: "old"\r\n')).status).toBe(200);
		expect((await get("/f/app.js", "Range: bytes=2-4\r\n", "HEAD")).status).toBe(200);
	});

	test("B11 precompressed variants by Accept-Encoding", async () => {
		const coded = async (accepted: string) => {
			const { headers, body } = await get("/f/app.js", `Accept-Encoding: ${accepted}\r\n`);
			return [headers["content-encoding"], body, headers.vary, headers["content-type"]?.slice(0, 15)];
		};
		expect(await coded("gzip, br")).toEqual(["br", "br", "accept-encoding", "text/javascript"]);
		expect(await coded("gzip")).toEqual(["gzip", "gz", "accept-encoding", "text/javascript"]);
		expect(await coded("deflate")).toEqual([undefined, "0123456789", "accept-encoding", "text/javascript"]);
		expect(await coded("gzip;q=0.5, br;q=0.1")).toEqual(["gzip", "gz", "accept-encoding", "text/javascript"]);
		expect((await get("/f/", "Accept-Encoding: gzip\r\n")).headers).not.toHaveProperty("content-encoding");
		const failed = await get("/f/app.js", 'Accept-Encoding: gzip\r\nIf-Match: "x"\r\n');
		expect(failed.headers).not.toHaveProperty("content-encoding");
	});

	test.each([
		["/f/../secret", 400],
		["/f/%2e%2e/secret", 400],
		["/f/.%2e/secret", 400],
		["/f/..%2fsecret", 400],
		["/f/a%2f..%2fsecret", 400],
		["/f/a%5c..%5csecret", 400],
		["/f//secret", 404],
		["/f/%2fsecret", 404],
		["/f/./secret", 400],
		["/f/b", 404],
		["/f/%252e%252e/secret", 404]
	])("B11 traversal refused: %s is %i", async (path, status) => expect((await get(path)).status).toBe(status));
});
