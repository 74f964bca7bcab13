import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

const standIn = join(__dirname, "../../engine/cmocka");
let folder = "";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "cmocka-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program of these tests says, and its exit status. */
function run(functions: string, tests: string) {
	const source = join(folder, "test.c");
	const program = join(folder, "test");
	writeFileSync(
		source,
		`#include "cmocka.h"
		${functions}
		int main(void)
		{
			const struct CMUnitTest tests[] = {${tests}};
			return cmocka_run_group_tests_name("group", tests, NULL, NULL);
		}`
	);
	const made = spawnSync("cc", ["-O2", `-I${standIn}`, "-o", program, source, join(standIn, "cmocka.c")], {
		encoding: "utf8"
	});
	expect(made.stderr).toBe("");
	const { status, stdout } = spawnSync(program, { encoding: "utf8" });
	return { status, results: stdout.split("\n").filter(line => /^(not )?ok /.test(line)) };
}

test("without cmocka a test of the engine that fails is not told as passed, wherever it fails", () => {
	const good = "static void good(void **state) { (void)state; }";
	const bad = "static void bad(void **state) { (void)state; assert_true(0); }";
	const setup = "static int setup(void **state) { (void)state; assert_true(0); return 0; }";
	const refused = "static int refused(void **state) { (void)state; return 1; }";
	expect(
		run(
			[good, bad, setup, refused].join("\n"),
			`{"good", good}, {"bad", bad}, {"its setup", good, setup}, {"its setup says so", good, refused},
			{"its teardown", good, NULL, setup}, {"its teardown says so", good, NULL, refused}, {"good again", good}`
		)
	).toEqual({
		status: 5,
		results: [
			"ok 1 - good",
			"not ok 2 - bad",
			"not ok 3 - its setup",
			"not ok 4 - its setup says so",
			"not ok 5 - its teardown",
			"not ok 6 - its teardown says so",
			"ok 7 - good again"
		]
	});
});
