import { AsyncLocalStorage } from "node:async_hooks";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";
import { until } from "../deadline";

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

/** Folders for a project of test files, and for temporary files; jest with the runner there. */
function makeProject(bodies: Record<string, string>) {
	const folder = mkdtempSync(join(tmpdir(), "runner-"));
	const [project, temporary] = [join(folder, "project"), join(folder, "temporary")];
	mkdirSync(project);
	mkdirSync(temporary);
	for (const [name, body] of Object.entries(bodies)) writeFileSync(join(project, `${name}.test.js`), body);
	const config = {
		rootDir: project,
		testRunner: join(root, "host-tests/jest-runner.cjs"),
		transform: {},
		cacheDirectory: join(folder, "cache")
	};
	const program = [join(root, "node_modules/.bin/jest"), "--config", JSON.stringify(config)];
	return { temporary, program, env: { ...process.env, TMPDIR: temporary } };
}

test("nothing of a test file stays in the machine's folder for temporary files, though it fails or is skipped", () => {
	const make = `require("fs").mkdtempSync(require("os").tmpdir() + "/module-");
		require("child_process").execSync("mktemp -d -t program-XXXXXX", { env: { ...process.env } });`;
	const bodies = {
		passes: 'test("passes", () => {})',
		fails: 'test("fails", () => { throw new Error() })',
		skipped: 'test.skip("skipped", () => {}); afterAll(() => console.log("never"))',
		breaks: 'throw new Error("before its tests")'
	};
	const all = Object.entries(bodies).map(([name, body]) => [name, make + body]);
	const { temporary, program, env } = makeProject(Object.fromEntries(all));
	const { stderr } = spawnSync(process.execPath, program, { encoding: "utf8", env });
	expect(stderr).toContain("Tests:       1 failed, 1 skipped, 1 passed, 3 total");
	expect(readdirSync(temporary)).toEqual([]);
});

test.each([
	["SIGINT", []],
	["SIGTERM", []],
	["SIGTERM", ["--maxWorkers=2"]],
	["SIGKILL", ["--maxWorkers=2"]]
] as const)("nor when %s ends jest %j amid a test", async (signal, more) => {
	const hangs = `test("hangs", async () => {
		require("fs").writeFileSync(require("os").tmpdir() + "/one", "");
		await new Promise(resolve => setTimeout(resolve, 600000));
	}, 700000)`;
	const { temporary, program, env } = makeProject({ one: hangs, other: hangs });
	const child = spawn(process.execPath, [...program, ...more], { stdio: "ignore", env });
	const ended = once(child, "exit");
	const files = () => readdirSync(temporary, { recursive: true }).filter(name => String(name).endsWith("/one"));
	await until(() => files().length > 0, "a test that has begun", 60_000);
	child.kill(signal);
	await ended;
	await until(
		() => readdirSync(temporary).length === 0,
		() => `an empty folder: ${readdirSync(temporary)}`
	);
});

test("nor does what jest keeps from one run to the next", () => {
	const { projects } = jest.requireActual<{ projects: { testRunner: string; cacheDirectory: string }[] }>(
		"../../jest.config.cjs"
	);
	for (const { testRunner, cacheDirectory } of projects)
		expect([testRunner, cacheDirectory]).toEqual(["<rootDir>/host-tests/jest-runner.cjs", "<rootDir>/build/jest"]);
});

test("the files that begin first, for they take longest, are there", () => {
	const { longest } = jest.requireActual<{ longest: readonly string[] }>("../jest-sequencer.cjs");
	const files = readdirSync(join(root, "host-tests/interop"), { recursive: true }).map(name => `/interop/${name}`);
	expect(longest.filter(name => files.filter(file => file.endsWith(`/${name}`)).length !== 1)).toEqual([]);
	expect(longest.length).toBeGreaterThan(0);
});
