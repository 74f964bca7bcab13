import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { allowed, refused } from "./preload-sources";

// What the rule says of all of them, each in a file.
let found: string[] = [];

beforeAll(() => {
	const folder = mkdtempSync(join(tmpdir(), "preload-test-"));
	for (const module of ["tls", "identity"]) mkdirSync(join(folder, "modules", module), { recursive: true });
	const files = {
		"main.ts": "const pattern = /x/;",
		"modules/tls/list.ts": "export const list = Object.freeze([1]);\nexport const own = Object.freeze({ map() {} });\n",
		...Object.fromEntries(refused.map(([source], index) => [`modules/tls/${index}.ts`, `// é\n${source}\n`])),
		...Object.fromEntries(allowed.map((source, index) => [`modules/identity/${index}.ts`, source]))
	};
	for (const [path, source] of Object.entries(files)) writeFileSync(join(folder, path), source);
	const script = join(__dirname, "../../lint/preload.mjs");
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
	rmSync(folder, { recursive: true });
	expect(status).toBe(1);
	found = stderr.split("\n");
});

test.each(refused.map(([source, problem], index) => [source, problem, index] as const))(
	"what cannot be preloaded is found: %s",
	(_, problem, index) => expect(found).toContain(`modules/tls/${index}.ts:2 ${problem}`)
);

test.each(allowed.map((source, index) => [source, index] as const))("what may be preloaded passes: %s", (_, index) => {
	expect(found.filter(line => line.startsWith(`modules/identity/${index}.ts:`))).toEqual([]);
});

test("main.ts is not preloaded", () => {
	expect(found.filter(line => line.startsWith("main.ts:"))).toEqual([]);
});
