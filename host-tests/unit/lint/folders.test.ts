import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

function problemsOf(counts: Record<string, number>): string {
	const root = mkdtempSync(join(tmpdir(), "folders-test-"));
	for (const [folder, count] of Object.entries(counts)) {
		mkdirSync(join(root, folder), { recursive: true });
		for (let index = 0; index < count; index++) writeFileSync(join(root, folder, `file-${index}`), "");
	}
	const lint = join(__dirname, "../../lint/folders.mjs");
	const { stderr } = spawnSync(process.execPath, [lint, "."], { cwd: root, encoding: "utf8" });
	rmSync(root, { recursive: true });
	return stderr;
}

test("a folder may have 25 files, and what is built or installed does not count", () => {
	expect(problemsOf({ a: 25, "a/b": 25, build: 40, "a/node_modules": 40 })).toBe("");
});

test("a folder with 26 files is refused", () => {
	expect(problemsOf({ a: 3, "a/b": 26 })).toBe("a/b has 26 files: make rooms of 25 at most\n");
});
