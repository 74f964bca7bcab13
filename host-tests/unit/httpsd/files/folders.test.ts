import { describe, expect, test } from "@jest/globals";
import { memoryFiles } from "httpsd/file-stores";
import { serve } from "../harness";
import { get } from "./get";

const page = "0123456789";

describe("a folder without its slash", () => {
	function site(): ReturnType<typeof serve> {
		const server = serve({ maxConnections: 100 });
		server.get("/own", (_, response) => response.send("own"));
		server.files("/own", memoryFiles({ "index.html": page }));
		server.files("/site", memoryFiles({ "a b/index.html": page, "a b/c:d/index.html": page, none: "" }));
		server.files("/", memoryFiles({ "top/index.html.gz": "gz", "sub/index.html": page }));
		return server;
	}

	test.each([
		["/site", "./site/"],
		["/site?a=b", "./site/?a=b"],
		["/site/a%20b", "./a%20b/"],
		["/site/a%20b/c:d?x", "./c:d/?x"],
		["/sub", "./sub/"],
		// Its index is stored compressed alone.
		["/top", "./top/"]
	])("B11 %s is sent to %s", async (path, location) => {
		site();
		const { status, headers } = await get(path);
		expect([status, headers.location, headers["cache-control"]]).toEqual([307, location, undefined]);
		const target = new URL(headers.location as string, `http://a${path}`);
		expect(target.pathname).toBe(`${path.split("?")[0]}/`);
	});

	test.each(["/nowhere", "//sub", "//evil.example", "/site/none/", "/site/"])(
		"B11 %s is 404, and leads nowhere else",
		async path => {
			site();
			const { status, headers } = await get(path);
			expect([status, headers.location, headers["cache-control"]]).toEqual([404, undefined, undefined]);
		}
	);

	test("B11 a handler of the path itself stays, also one that comes later; all of it is taken back together", async () => {
		const server = site();
		expect((await get("/own")).body).toBe("own");
		server.get("/site", (_, response) => response.send("later"));
		expect((await get("/site")).body).toBe("later");
		const undo = server.files("/gone/", memoryFiles({ "index.html": page }));
		expect((await get("/gone")).status).toBe(307);
		undo();
		expect((await get("/gone")).status).toBe(404);
	});
});

test.each([
	["", 200, "gzip", "gz"],
	["Accept-Encoding: gzip\r\n", 200, "gzip", "gz"],
	["Accept-Encoding: br, gzip;q=0.1\r\n", 200, "gzip", "gz"],
	["Accept-Encoding: identity\r\n", 406, undefined, "406 Not Acceptable\n"],
	["Accept-Encoding: gzip;q=0\r\n", 406, undefined, "406 Not Acceptable\n"]
])("B11 NAME.gz stands for NAME where that is not stored: %j", async (fields, status, coding, body) => {
	serve().files("/f", memoryFiles({ "app.js.gz": "gz", "b.js.br": "br" }));
	const answer = await get("/f/app.js", fields);
	expect([answer.status, answer.headers["content-encoding"], answer.body]).toEqual([status, coding, body]);
	if (status === 200)
		expect(answer.headers).toMatchObject({ "content-type": "text/javascript;charset=utf-8", vary: "accept-encoding" });
	expect((await get("/f/app.js.gz")).headers).toMatchObject({ "content-type": "application/gzip" });
	expect((await get("/f/b.js")).headers["content-encoding"]).toBe("br");
	expect((await get("/f/c.js", fields)).status).toBe(404);
});

test("B11 content() has an entity tag and ranges", async () => {
	serve({ maxConnections: 100 }).content("/page", "text/plain", page);
	const first = await get("/page");
	const { etag } = first.headers;
	expect([first.status, first.body, etag]).toEqual([200, page, expect.stringMatching(/^"[0-9a-f]{16}"$/)]);
	const again = await get("/page");
	const fields = ({ headers: { date: _, ...rest } }: typeof first) => rest;
	expect([fields(again), again.body]).toEqual([fields(first), page]);
	expect((await get("/page", `If-None-Match: ${etag}\r\n`)).status).toBe(304);
	expect((await get("/page", 'If-Match: "x"\r\n')).status).toBe(412);
	expect((await get("/page", "Range: bytes=2-4\r\n")).body).toBe("234");
	expect((await get("/page", "Range: bytes=10-\r\n")).status).toBe(416);
	expect((await get("/page", "", "HEAD")).headers).toMatchObject({ etag, "content-length": "10" });
});

test("B11 media types: those of the field are known, and more can be added", async () => {
	const names = ["a.webm", "a.vtt", "a.m3u8", "a.crt", "a.wasm", "a.glb", "A.JS", "wasm", ".js", "a.js."];
	serve({ maxConnections: 100 }).files("/f", memoryFiles(Object.fromEntries(names.map(name => [name, page]))), {
		types: { glb: "model/gltf-binary", js: "text/plain" }
	});
	const types = [];
	for (const name of names) types.push((await get(`/f/${name}`)).headers["content-type"]);
	const media = ["video/webm", "text/vtt;charset=utf-8", "application/vnd.apple.mpegurl", "application/x-x509-ca-cert"];
	const unknown = "application/octet-stream";
	expect(types).toEqual([
		...media,
		"application/wasm",
		"model/gltf-binary",
		"text/plain",
		unknown,
		"text/plain",
		unknown
	]);
	for (const bad of [{ a: "b" }, { ".js": "a/b" }, { JS: "a/b" }, { js: "a/b\r\nx: y" }, { js: 1 }])
		expect(() => serve().files("/f", memoryFiles({}), { types: bad as Record<string, string> })).toThrow(TypeError);
});
