import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";

const root = join(__dirname, "../..");
const { run } = AsyncLocalStorage.prototype;
afterEach(() => {
	AsyncLocalStorage.prototype.run = run;
});

test("what Node would ask at each promise of the files that follow ends with a test file", async () => {
	const storage = new AsyncLocalStorage<string>();
	const runFile = () => storage.run("of a file", async () => "passed");
	jest.doMock("jest-circus/runner", () => ({ default: runFile }));
	const runner = jest.requireActual<(...parameters: object[]) => Promise<string>>("../jest-runner.cjs");
	await storage.run("around it", async () => {
		expect(storage.getStore()).toBe("around it");
		expect(await runner({}, {}, { global: globalThis })).toBe("passed");
		expect(storage.getStore()).toBeUndefined();
	});
});

test("nothing of a test file stays in the machine's folder for temporary files, though it fails or is skipped", () => {
	const folder = mkdtempSync(join(tmpdir(), "runner-"));
	const [project, temporary] = [join(folder, "project"), join(folder, "temporary")];
	mkdirSync(project);
	mkdirSync(temporary);
	const make = `require("fs").mkdtempSync(require("os").tmpdir() + "/module-");
		require("child_process").execSync("mktemp -d -t program-XXXXXX", { env: { ...process.env } });`;
	const bodies = {
		passes: 'test("passes", () => {})',
		fails: 'test("fails", () => { throw new Error() })',
		skipped: 'test.skip("skipped", () => {}); afterAll(() => console.log("never"))',
		breaks: 'throw new Error("before its tests")'
	};
	for (const [name, body] of Object.entries(bodies)) writeFileSync(join(project, `${name}.test.js`), make + body);
	const config = {
		rootDir: project,
		testRunner: join(root, "host-tests/jest-runner.cjs"),
		transform: {},
		cacheDirectory: join(folder, "cache")
	};
	const { stderr } = spawnSync(join(root, "node_modules/.bin/jest"), ["--config", JSON.stringify(config)], {
		encoding: "utf8",
		env: { ...process.env, TMPDIR: temporary }
	});
	expect(stderr).toContain("Tests:       1 failed, 1 skipped, 1 passed, 3 total");
	expect(readdirSync(temporary)).toEqual([]);
});

test("nor does what jest keeps from one run to the next", () => {
	const { projects } = jest.requireActual<{ projects: { testRunner: string; cacheDirectory: string }[] }>(
		"../../jest.config.cjs"
	);
	for (const { testRunner, cacheDirectory } of projects)
		expect([testRunner, cacheDirectory]).toEqual(["<rootDir>/host-tests/jest-runner.cjs", "<rootDir>/build/jest"]);
});
