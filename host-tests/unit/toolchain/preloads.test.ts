// What the desk preloads is what the manifests say, and nothing that mcconfig would not preload.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const root = join(__dirname, "../../..");
const script = join(root, "host-tests/desk/preloads.mjs");
const modules = ["platform", "text", "tls", "httpsd", "identity"];
let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "preloads-test-"));
	writeFileSync(join(folder, "manifest.json"), "{}");
	for (const name of modules) {
		mkdirSync(join(folder, "modules", name), { recursive: true });
		writeFileSync(join(folder, "modules", name, "manifest.json"), "{}");
	}
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("each module that a manifest names is an option", () => {
	const options = execFileSync(process.execPath, [script, "build/js"], { cwd: root, encoding: "utf8" });
	for (const name of modules) {
		const { preload } = JSON.parse(readFileSync(join(root, "modules", name, "manifest.json"), "utf8"));
		for (const specifier of preload) expect(options).toContain(`--preload ${specifier} `);
	}
	expect(options).toContain(`--preload ${join(root, "build/js/settings")}`);
});

test("a wildcard is refused, for mcconfig finds no TypeScript by it", () => {
	writeFileSync(join(folder, "modules/tls/manifest.json"), '{ "preload": ["tls/error", "tls/*"] }');
	const { status, stderr } = spawnSync(process.execPath, [script, "build/js"], { cwd: folder, encoding: "utf8" });
	expect([status, stderr]).toEqual([1, expect.stringContaining("modules/tls/manifest.json preloads tls/*")]);
});
