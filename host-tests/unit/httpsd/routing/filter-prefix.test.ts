// A filter's prefix is read as a route's pattern is: one that guarded nothing, and said nothing, would fail open.
import { expect, test } from "@jest/globals";
import { ask, parse, serve } from "../harness";

test.each([
	["/caf%C3%A9", "/caf%C3%A9"],
	["/caf%C3%A9", "/caf%c3%a9/menu"],
	["/café", "/caf%C3%A9/menu"],
	["/a%20b/", "/a%20b"],
	["/%61dmin", "/admin/x"],
	["/admin", "/%61dmin"],
	["/a:b", "/a:b"]
])("use(%j) guards %s", async (prefix, path) => {
	const server = serve();
	server.use(prefix, (_, response) => response.status(401).send());
	server.get("/*", (_, response) => response.send("open"));
	expect(parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).status).toBe(401);
});

test.each([
	"",
	"noslash",
	"*",
	"/wild/*",
	"/*/x",
	"/a*",
	"/:id",
	"/a/:id/b",
	"/%",
	"/%ff",
	"/%c0%ae",
	"/a/../b",
	"/%2e"
])("use(%j) is refused, for it would guard nothing", prefix => {
	expect(() => serve().use(prefix, () => true)).toThrow(TypeError);
});

test.each([
	["/", ""],
	["/a", "/a"],
	["/a/", "/a"],
	["/a%20b", "/a b"]
])("use(%j) gives its filter %j", async (path, expected) => {
	const server = serve();
	const seen: string[] = [];
	server.use(path, (_request, response, prefix) => {
		seen.push(prefix);
		response.send();
	});
	await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
	expect(seen).toEqual([expected]);
});
