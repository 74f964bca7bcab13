import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, expect, jest, test } from "@jest/globals";

const { run } = AsyncLocalStorage.prototype;
afterEach(() => {
	AsyncLocalStorage.prototype.run = run;
});

test("what Node would ask at each promise of the files that follow ends with a test file", async () => {
	const storage = new AsyncLocalStorage<string>();
	const runFile = () => storage.run("of a file", async () => "passed");
	jest.doMock("jest-circus/runner", () => ({ default: runFile }));
	const runner = jest.requireActual<() => Promise<string>>("../jest-runner.cjs");
	await storage.run("around it", async () => {
		expect(storage.getStore()).toBe("around it");
		expect(await runner()).toBe("passed");
		expect(storage.getStore()).toBeUndefined();
	});
});
