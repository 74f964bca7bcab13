import { expect, test } from "@jest/globals";
import { memoryFiles, resourceFiles } from "httpsd/file-stores";
import { systemFiles } from "httpsd/file-system";
import type { StoredFile } from "httpsd/files/response";
import { resources } from "../../sdk/resource";
import { settle } from "../fake-socket";
import { ask, bytes, connect, parse, serve } from "../harness";
import { get } from "./get";

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
	const index = ["a/b/index.html", "a/b/index.html.br", "a/b/index.html.gz"];
	expect(opened).toEqual(["a/b", "a/b.gz", "a/b.br", ...index]);
});

test("resources are served of a named folder only: without one, keys would be", () => {
	// "ser" would be the beginning of server.key.pem.
	for (const folder of [undefined, "", "/", "//", 1, "ser", "www", "/www/"])
		expect(() => resourceFiles(folder as string)).toThrow(TypeError);
});

test("files of a file system are served of a folder: without its slash, they would be those of others", () => {
	for (const folder of [undefined, "", 1, "/mod/www"])
		expect(() => systemFiles(class {} as never, folder as string)).toThrow(TypeError);
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
