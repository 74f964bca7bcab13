import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";

const url = pathToFileURL(join(__dirname, "../../summary.mjs")).href;

/** What a function of the module gives; jest itself loads no ES module. */
function call(name: string, argument: unknown): string[] {
	const script = `import { ${name} } from "${url}"; console.log(JSON.stringify(${name}(${JSON.stringify(argument)})))`;
	return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

const stage = { name: "one", passed: 3, failed: 0, skipped: [], seconds: 1.4 };

test("the last line is exactly N passed, N failed, without and with skipped tests", () => {
	expect(call("summaryLines", [stage, stage])).toEqual([
		"ok   one: 3 passed, 0 failed (1 s)",
		"ok   one: 3 passed, 0 failed (1 s)",
		"",
		"6 passed, 0 failed"
	]);
	const skipped = ["no SDK", "no SDK", "no browser"];
	expect(call("summaryLines", [stage, { ...stage, name: "two", failed: 1, skipped }])).toEqual([
		"ok   one: 3 passed, 0 failed (1 s)",
		"FAIL two: 3 passed, 1 failed, 3 skipped (1 s)",
		"",
		"Skipped 3: 2 because no SDK; 1 because no browser",
		"6 passed, 1 failed"
	]);
});

test("which tests have failed stands under their stage, however much was printed between", () => {
	const failed = { ...stage, failed: 2, failures: ["one.test.ts: A2 one", "two.test.ts"] };
	expect(call("summaryLines", [failed]).slice(0, 3)).toEqual([
		"FAIL one: 3 passed, 2 failed (1 s)",
		"     one.test.ts: A2 one",
		"     two.test.ts"
	]);
	const assertionResults = [
		{ status: "passed", fullName: "A1" },
		{ status: "failed", fullName: "A2 one" }
	];
	const testResults = [
		{ name: "/a/host-tests/one.test.ts", status: "failed", assertionResults },
		{ name: "/a/host-tests/two.test.ts", status: "failed", assertionResults: [] },
		{ name: "/a/host-tests/three.test.ts", status: "passed", assertionResults: assertionResults.slice(0, 1) }
	];
	expect(call("failuresIn", { testResults })).toEqual(failed.failures);
});

test("why a test is skipped stands in its title or in its group's", () => {
	const results = [
		{ status: "passed", fullName: "A2 one" },
		{ status: "pending", fullName: "A2 two (skipped: MODDABLE is not set)" },
		{ status: "pending", fullName: "Z9 group (skipped: no SDK) a test" },
		{ status: "pending", fullName: "Z13 a page (in the simulator; skipped: no SDK (MODDABLE))" },
		{ status: "pending", fullName: "A3 three" }
	];
	expect(call("skipReasons", { testResults: [{ assertionResults: results }] })).toEqual([
		"MODDABLE is not set",
		"no SDK",
		"no SDK (MODDABLE)",
		'no reason given by "A3 three"'
	]);
});
