// What could not be hashed once, for want of memory, is hashed when it is asked for again: no failure stays for ever.
import { expect, jest, test } from "@jest/globals";
import type * as Stores from "httpsd/file-stores";
import type * as Resources from "../../sdk/resource";
import type * as Harness from "../harness";
import type * as Getting from "./get";

let fails = true;
jest.mock("httpsd/content/content-hash", () => ({
	hashContent: async () => {
		if (fails) throw new Error("No memory");
		return "abc";
	}
}));
const { memoryFiles, resourceFiles } = require("httpsd/file-stores") as typeof Stores;
const { resources } = require("../../sdk/resource") as typeof Resources;
const { serve } = require("../harness") as typeof Harness;
const { get } = require("./get") as typeof Getting;

test.each(["/content", "/memory/a", "/flash/a"])("B11 %s", async path => {
	resources.set("www+a", Uint8Array.of(120).buffer);
	const server = serve();
	server.content("/content", "text/plain", "x");
	server.files("/memory", memoryFiles({ a: "x" }));
	server.files("/flash", resourceFiles("www/"));
	server.on("error", () => {});
	fails = true;
	expect((await get(path)).status).toBe(500);
	fails = false;
	for (const _ of [1, 2]) expect(await get(path)).toMatchObject({ status: 200, body: "x", headers: { etag: '"abc"' } });
});
