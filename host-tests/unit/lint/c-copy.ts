// A copy of all C, which tests break.

import { spawnSync } from "node:child_process";
import {
	appendFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";

const root = join(__dirname, "../../..");
export const engine = "modules/tls/engine";
let copy = "";

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "c-rooms-test-"));
	const filter = (path: string) => /(?:^|\/)[^.]+$|\.[ch]$/.test(path);
	for (const folder of ["modules", "host-tests/desk"])
		cpSync(join(root, folder), join(copy, folder), { recursive: true, filter });
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What the rule of layers says when lines are added to these files. */
export function problemsAfter(...additions: [path: string, line: string][]): string[] {
	const paths = additions.map(([path]) => join(copy, path));
	const before = paths.map(path => (existsSync(path) ? readFileSync(path) : undefined));
	for (const path of paths) mkdirSync(dirname(path), { recursive: true });
	for (const [path, line] of additions) appendFileSync(join(copy, path), `${line}\n`);
	const lint = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], { cwd: copy, encoding: "utf8" });
	for (const [index, path] of paths.entries()) {
		const text = before[index];
		if (text === undefined) rmSync(path);
		else writeFileSync(path, text);
	}
	return lint.stderr.trim().split("\n");
}
