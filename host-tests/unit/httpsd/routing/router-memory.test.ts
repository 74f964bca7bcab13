// What is taken away leaves nothing behind: a server that adds and removes routes all day must not grow.
import { expect, test } from "@jest/globals";
import TreeRouter from "httpsd/routing/router";

/** Counts the maps that routers make: each node and each leaf has one. */
class CountedMap extends Map<unknown, unknown> {
	static live = new Set<Map<unknown, unknown>>();
	override set(key: unknown, value: unknown): this {
		CountedMap.live.add(this);
		return super.set(key, value);
	}
	override delete(key: unknown): boolean {
		const had = super.delete(key);
		if (this.size === 0) CountedMap.live.delete(this);
		return had;
	}
}

test.each(["/literal", "/deep/er/literal", "/:x", "/a/:x/b", "/a/*", "/*", "/a%20b/c d", "*"])(
	"%s, added and removed, leaves no node",
	pattern => {
		const original = globalThis.Map;
		globalThis.Map = CountedMap as unknown as MapConstructor;
		try {
			CountedMap.live.clear();
			const router = new TreeRouter<string>();
			const other = router.add("GET", "/a/:x/keep", "kept");
			const before = CountedMap.live.size;
			const undo = [router.add("GET", pattern, "get"), router.add("PUT", pattern, "put")];
			for (const each of undo) each();
			expect(CountedMap.live.size).toBe(before);
			expect(router.match("GET", "/a/b/keep")).toEqual({ value: "kept", params: { x: "b" } });
			other();
			expect(CountedMap.live.size).toBe(0);
		} finally {
			globalThis.Map = original;
		}
	}
);
