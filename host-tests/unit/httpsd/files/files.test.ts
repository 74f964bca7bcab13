import { beforeEach, describe, expect, test } from "@jest/globals";
import { memoryFiles, resourceFiles } from "httpsd/file-stores";
import type { StoredFile } from "httpsd/files/response";
import { resources } from "../../sdk/resource";
import { settle } from "../fake-socket";
import { ask, bytes, connect, parse, serve } from "../harness";

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

async function get(path: string, fields = "", method = "GET"): Promise<ReturnType<typeof parse>> {
	const client = await connect();
	client.send(`${method} ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
	await settle();
	return parse(client.take());
}

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
		["/f/a", 404],
		["/f/%252e%252e/secret", 404]
	])("B11 traversal refused: %s is %i", async (path, status) => expect((await get(path)).status).toBe(status));
});

test("B11 files from resources, and from what has to be read piece by piece", async () => {
	for (const [name, text] of [
		["www+page.html", "<p>page"],
		["www+a+page.html", "<p>a"],
		["key.pem", "secret"]
	] as const)
		resources.set(name, bytes(text));
	const server = serve({ maxConnections: 100 });
	server.files("/", resourceFiles("www/"));
	let closed = 0;
	const slow: StoredFile = {
		length: 10_000,
		isMapped: false,
		read: async (start, end) => new Uint8Array(end - start).fill(65),
		close: () => void closed++
	};
	server.files("/slow/", { open: async name => (name === "file" ? slow : undefined) });
	const body = async (path: string) => parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).body;
	expect([await body("/page.html"), await body("/a/page.html")]).toEqual(["<p>page", "<p>a"]);
	// A file has one path only, and none leads out of the folder.
	for (const path of ["/a+page.html", "/a%2Bpage.html", "/key.pem", "/../key.pem", "/%2e%2e/key.pem", "/a", "/a/"])
		expect([path, await body(path)]).toEqual([path, expect.stringMatching(/^40[04] /)]);
	expect((await get("/slow/file")).body).toBe("A".repeat(10_000));
	expect((await get("/slow/file", "Range: bytes=1-2\r\n")).body).toBe("AA");
	expect([closed, (await get("/slow/none")).status]).toEqual([2, 404]);
});

test("B11 no name with a backslash or an empty segment gets to a store", async () => {
	const opened: string[] = [];
	serve({ maxConnections: 100 }).files("/f/", { open: name => void opened.push(name) });
	for (const path of ["a%5cb", "a\\b", "%5c", "a//b", "/a", "//", "a/%2fb", "%2fetc/passwd"])
		expect([path, (await get(`/f/${path}`)).status]).toEqual([path, 404]);
	expect(opened).toEqual([]);
	expect((await get("/f/a/b")).status).toBe(404);
	expect(opened).toEqual(["a/b"]);
});

test("resources are served of a named folder only: without one, keys would be", () => {
	for (const folder of [undefined, "", "/", 1]) expect(() => resourceFiles(folder as string)).toThrow(TypeError);
});

test("B11 a file and its variants are closed, and no variant is opened that is not accepted", async () => {
	const opened: string[] = [];
	const closed: string[] = [];
	const open = async (name: string): Promise<StoredFile | undefined> => {
		opened.push(name);
		if (name === "bad.br") throw new Error("can't be opened");
		if (name.endsWith(".br")) return undefined;
		return { length: 1, isMapped: false, read: () => new Uint8Array(1), close: () => void closed.push(name) };
	};
	serve().files("/f/", { open });
	const names = async (path: string, fields: string) => {
		opened.length = closed.length = 0;
		await get(path, fields);
		return [opened.join(" "), closed.join(" ")];
	};
	expect(await names("/f/a", "")).toEqual(["a", "a"]);
	expect(await names("/f/a", "Accept-Encoding: gzip\r\n")).toEqual(["a a.gz", "a a.gz"]);
	expect(await names("/f/a", "Accept-Encoding: br\r\n")).toEqual(["a a.br", "a"]);
	expect(await names("/f/bad", "Accept-Encoding: br\r\n")).toEqual(["bad bad.br", "bad"]);
});

test("B11 large content is hashed over several turns, once for all requests", async () => {
	serve().files("/f/", memoryFiles({ large: new ArrayBuffer(1_000_000) }));
	const clients = [await connect(), await connect()];
	for (const client of clients) client.send("HEAD /f/large HTTP/1.1\r\nHost: a\r\n\r\n");
	await settle();
	expect(clients.map(client => client.take())).toEqual(["", ""]);
	const answers = ["", ""];
	while (answers.includes("")) {
		await new Promise(resolve => setTimeout(resolve, 5));
		for (const [index, client] of clients.entries()) answers[index] += client.take();
	}
	const tags = answers.map(answer => parse(answer).headers.etag);
	expect([tags[0], tags[0]]).toEqual([tags[1], expect.stringMatching(/^"[0-9a-f]{16}"$/)]);
	expect((await get("/f/large", "", "HEAD")).headers.etag).toBe(tags[0]);
});
