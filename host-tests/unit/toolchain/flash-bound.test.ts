// A device's flash, as far as it is known without the SDK: what a server alone is made of when it is bundled. By the SDK 8.2.3 each
// function takes some 130 bytes besides its byte code, and byte code a little less than a character of minified text a byte.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { minifySync, parseSync, transformSync } from "@swc/core";
import { linkedModules } from "../parts/linked-modules";
import { bundled } from "./bundled";

const modules = join(__dirname, "../../../modules");

/** What `make js` would compile a module to. */
const compiled = (file: string) =>
	transformSync(readFileSync(join(modules, `${file}.ts`), "utf8"), {
		jsc: { parser: { syntax: "typescript" }, target: "es2022", transform: { verbatimModuleSyntax: true } }
	}).code;

function functionsIn(node: unknown): number {
	if (node === null || typeof node !== "object") return 0;
	const within = Object.values(node).reduce((sum: number, child) => sum + functionsIn(child), 0);
	// A function, an arrow, a method or an accessor; a constructor is its class.
	return within + ("body" in node && "params" in node ? 1 : 0);
}

test("a server alone has no more code than is known; what it grew by is for docs/device.md", () => {
	const sources = [...linkedModules(["all"])].map(([specifier, file]) => [specifier, compiled(file)] as const);
	const code = bundled(sources, ["httpsd/https-server"]).get("httpsd/https-server") ?? "";
	const { body } = parseSync(code, { syntax: "ecmascript", target: "es2022" });
	const text = minifySync(code, { module: true, compress: false, mangle: false }).code;
	expect(functionsIn(body)).toBeLessThan(1410);
	expect(text.length).toBeLessThan(186_000);
});
