// The desk host has in flash what a device has there: the built-in objects, the code of modules, and preloaded modules.

import { describe, expect, test } from "@jest/globals";
import { type DeskOptions, startDesk } from "../desk";

const programs = "host-tests/desk/programs";
const preload = ["--preload", "flash/texts"];

async function run(main: string, folder: string, options: DeskOptions) {
	const desk = startDesk({ main: `${programs}/${main}.js`, modules: { "flash/": `${programs}${folder}` }, ...options });
	const { code } = await desk.exit;
	return { code, output: desk.output };
}

describe.each(["release", "debug"] as const)("Z10 desk host, flash, %s", variant => {
	const literals = (...options: string[]) => run("flash/literals", "/flash", { variant, options });
	const kept = "as before: one two three, 12345678901234567890, one of 3,two of 3,three of 3\n";

	test("literals and functions of a module are used where they are, those that are compiled at run time are copied", async () => {
		const { output } = await literals();
		expect(output).toMatch(/^literal 0, function 0, literal compiled here [1-9]\d\n/);
		expect(output).toMatch(kept);
	});

	test("in a preloaded module they are copied, as the SDK's linker has it", async () => {
		const { output } = await literals(...preload);
		expect(output).toMatch(/^literal [1-9]\d, function [1-9]\d, literal compiled here [1-9]\d\n/);
		expect(output).toMatch(kept);
	});

	test("a heap that grows as a device's changes none of it", async () => {
		expect(await literals("--device-heap")).toEqual(await literals());
		expect(await literals("--device-heap", ...preload)).toEqual(await literals(...preload));
	});

	test("what a preloaded module changes is copied to RAM; maps, functions and built-in objects cannot be changed", async () => {
		const state = (...options: string[]) => run("flash/frozen", "/flash", { variant, options });
		const changed = "variable and object: 1 after none, 2 after one\nafter a collection: 3 after two\n";
		const builtIns = "built-in object: TypeError\nprototype: TypeError\nglobal object: 1\n";
		const preloaded = await state("--preload", "flash/state");
		expect(preloaded.output).toBe(`${changed}map: TypeError\nfunction: TypeError\n${builtIns}`);
		expect((await state()).output).toBe(`${changed}map: 1\nfunction: 1\n${builtIns}`);
	});

	test.each([
		["none", /^cannot find module "flash\/none" to preload: there is no file .*none\.js\n$/],
		["rejection", /^Unhandled rejection: RangeError: nobody catches this\n at fault \(.*rejection\.js:4\)/],
		["syntax-error", /^Uncaught SyntaxError: .*syntax-error\.js:2: .*\n$/],
		["uncaught", /^module "flash\/uncaught" has made a timer or a socket, which nothing preloaded can have\n$/]
	])("what cannot be preloaded ends the host: %s", async (name, message) => {
		const { code, output } = await run("idle", "", { variant, options: ["--preload", `flash/${name}`] });
		expect(output).toMatch(message);
		expect(code).toBe(1);
	});
});
