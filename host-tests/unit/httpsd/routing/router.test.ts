import { describe, expect, test } from "@jest/globals";
import HttpError from "httpsd/http-error";
import TreeRouter, { type Router } from "httpsd/routing/router";

const cases: [patterns: string[], path: string, value: string | undefined, params?: Record<string, string>][] = [
	[["/"], "/", "/"],
	[["/"], "/a", undefined],
	[["/a"], "/a", "/a"],
	[["/a"], "/A", undefined],
	[["/a"], "/a/", undefined],
	[["/a/"], "/a", undefined],
	[["/a/"], "/a/", "/a/"],
	[["/a"], "//a", undefined],
	[["/a b"], "/a%20b", "/a b"],
	[["/a%20b"], "/a%20b", "/a%20b"],
	[["/:x"], "/a", "/:x", { x: "a" }],
	[["/:x"], "/", undefined],
	[["/:x"], "/a/b", undefined],
	[["/:x"], "/caf%C3%A9", "/:x", { x: "café" }],
	[["/:x"], "/a%2Fb", "/:x", { x: "a/b" }],
	[["/*"], "/a%2Fb..c%2F...%5C.d", "/*", { "*": "a/b..c/...\\.d" }],
	[["/:x"], "/%2541", "/:x", { x: "%41" }],
	[["/a/:x/b/:y"], "/a/1/b/2", "/a/:x/b/:y", { x: "1", y: "2" }],
	[["/*"], "/", "/*", { "*": "" }],
	[["/*"], "/a/b", "/*", { "*": "a/b" }],
	[["/a/*"], "/a", undefined],
	[["/a/*"], "/a/", "/a/*", { "*": "" }],
	[["/:x/*"], "/a/b/c", "/:x/*", { x: "a", "*": "b/c" }],
	[["*"], "*", "*", { "*": "*" }],
	[["/*", "/:x", "/a"], "/a", "/a"],
	[["/*", "/:x", "/a"], "/b", "/:x", { x: "b" }],
	[["/*", "/:x", "/a"], "/b/c", "/*", { "*": "b/c" }],
	[["/a/b", "/:x/c"], "/a/c", "/:x/c", { x: "a" }],
	[["/a/:y/d", "/:x/b/c"], "/a/b/c", "/:x/b/c", { x: "a" }],
	[["/a/:x/c", "/a/*"], "/a/b/d", "/a/*", { "*": "b/d" }],
	[["/a/:x", "/a/b/c"], "/a/b", "/a/:x", { x: "b" }],
	[["/a/:x", "/a/%62"], "/a/b", "/a/%62"],
	[["/a%2Fb/:x", "/:x/b/*"], "/a/b/c", "/:x/b/*", { x: "a", "*": "c" }],
	[["/a/:x", "/a/*"], "/a/", "/a/*", { "*": "" }],
	[["/constructor"], "/toString", undefined],
	[["/:x"], "/__proto__", "/:x", { x: "__proto__" }]
];

/** What every router must do; a value is the pattern that it was added under. */
function conforms(name: string, make: () => Router<string>): void {
	const routed = (...patterns: string[]) => {
		const router = make();
		for (const pattern of patterns) router.add("GET", pattern, pattern);
		return (path: string) => router.match("GET", path);
	};

	describe(`${name} conforms`, () => {
		test.each(cases)("%j finds for %s: %s", (...[patterns, path, value, params]) => {
			const found = routed(...patterns)(path);
			if (value === undefined) expect(found).toEqual([]);
			else expect(found).toEqual({ value, params: typeof params === "object" ? params : {} });
		});

		test.each([
			...["/a/../b", "/a/%2e%2E/b", "/./a", "/..", "/%ff", "/%c0%ae", "/any/..%2f..%2fx", "/any/x%2F..", "/a%2f.%2fb"],
			...["/any/..%5c..%5cx", "/any/..\\x", "/any/x\\..", "/any/..%00", "/any/%00..%2Fx", "/any/a\\.%2fb"]
		])("refuses the path %s", path => {
			expect(() => routed("/*", "/a/b")(path)).toThrow(HttpError);
		});

		test.each(["", "a", "/a*", "/*/a", "/:", "/:x/:x", "/%ff", "/a/../b", "/..%2Fa"])(
			"refuses the pattern %j",
			pattern => {
				expect(() => make().add("GET", pattern, "x")).toThrow(TypeError);
			}
		);

		test("the methods of a path; a value by method, replaced and removed", () => {
			const router = make();
			expect(() => router.add("GE T", "/", "x")).toThrow(TypeError);
			const remove = router.add("GET", "/a", "old");
			router.add("GET", "/a", "get");
			remove();
			expect(router.match("GET", "/a")).toMatchObject({ value: "get" });
			const removePost = router.add("POST", "/:x", "post");
			expect(router.match("POST", "/a")).toEqual({ value: "post", params: { x: "a" } });
			expect(router.match("PUT", "/a")).toEqual(["GET", "POST"]);
			removePost();
			expect(router.match("POST", "/a")).toEqual(["GET"]);
			const kept = router.add("GET", "/a/:x/c", "deep");
			router.add("GET", "/a/:x/c/d", "deeper")();
			expect(router.match("GET", "/a/b/c")).toMatchObject({ value: "deep" });
			kept();
			router.add("*", "/a", "any");
			expect([router.match("PUT", "/a"), router.match("GET", "/a")]).toMatchObject([
				{ value: "any" },
				{ value: "get" }
			]);
		});

		const beside = (...routes: string[]) => {
			const router = make();
			for (const route of routes) router.add(...(route.split(" ") as [string, string]), route);
			return (method: string, path: string) => {
				const found = router.match(method, path);
				return "value" in found ? found.value : found;
			};
		};

		test("HEAD goes where GET goes, and not to a farther wildcard; a handler of its own beside it goes first", () => {
			const match = beside("* /h/*", "HEAD /h/:x", "GET /h/page", "GET /h/own", "HEAD /h/own", "POST /h/post");
			for (const path of ["/h/page", "/h/%70age"]) expect(match("HEAD", path)).toBe("GET /h/page");
			expect(match("HEAD", "/h/own")).toBe("HEAD /h/own");
			expect(match("HEAD", "/h/post")).toBe("HEAD /h/:x");
			expect(match("HEAD", "/h/a/b")).toBe("* /h/*");
			expect(beside("GET /*", "POST /a")("HEAD", "/a")).toBe("GET /*");
		});

		test("OPTIONS is not a farther wildcard's where a path has methods; a farther handler for OPTIONS gets it", () => {
			const match = beside("* /h/*", "GET /h/page", "GET /h/:x", "OPTIONS /h/own/*", "GET /h/own/page", "* /h/any");
			expect(match("OPTIONS", "/h/page")).toEqual(["GET"]);
			expect(match("OPTIONS", "/h/own/page")).toBe("OPTIONS /h/own/*");
			expect(match("OPTIONS", "/h/a/b")).toBe("* /h/*");
			expect(match("OPTIONS", "/h/any")).toBe("* /h/any");
			expect(match("PUT", "/h/page")).toBe("* /h/*");
		});

		test("names a parameter by the pattern of its method", () => {
			const router = make();
			router.add("GET", "/:id", "get");
			router.add("PUT", "/:name", "put");
			expect(router.match("GET", "/1")).toEqual({ value: "get", params: { id: "1" } });
			expect(router.match("PUT", "/1")).toEqual({ value: "put", params: { name: "1" } });
		});
	});
}

conforms("TreeRouter", () => new TreeRouter());
