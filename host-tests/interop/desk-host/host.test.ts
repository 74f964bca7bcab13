// The desk host keeps the contract of the SDK's timers and sockets, and ends as its command line promises.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { setDeadline } from "../../deadline";
import { type DeskOptions, root, startDesk } from "../desk";

const conformance = "host-tests/desk/conformance";
const programs = "host-tests/desk/programs";
const suites = readdirSync(join(root, conformance)).filter(name => name !== "harness.js");

async function run(name: string, options: DeskOptions = {}) {
	const desk = startDesk({ main: `${programs}/${name}.js`, ...options });
	const { code } = await desk.exit;
	return { code, output: desk.output };
}

async function keepsContract(suite: string, options: DeskOptions): Promise<void> {
	const desk = startDesk({ main: `${conformance}/${suite}`, ...options });
	const clear = setDeadline(30_000, () => desk.process.kill("SIGKILL"));
	const { code } = await desk.exit.finally(clear);
	expect(desk.output).not.toMatch(/^(?!.*: ok$|\d+ of|$)/m);
	expect(code).toBe(0);
}

describe.each(["release", "debug"] as const)("Z10 desk host, %s", variant => {
	test.each(suites)("SDK contract: %s", suite => keepsContract(suite, { variant }));

	test.each([
		["uncaught", [], /^Uncaught TypeError: .*\n at fault \(.*uncaught\.js:4\)\n at \(.*uncaught\.js:8\)\n$/],
		["rejection", [], /^Unhandled rejection: RangeError: nobody catches this\n at fault \(.*rejection\.js:4\)/],
		[
			"missing-module",
			[],
			/^Uncaught ReferenceError: cannot find module ".\/no-such-module" .*missing-module\.js.*\n$/
		],
		["syntax-error", [], /^Uncaught SyntaxError: .*syntax-error\.js:2: .*\n$/],
		["missing-native", [], /^Uncaught ReferenceError: there is no C function xs_no_such_function/],
		["recursion", [], /^XS stack overflow at .*recursion\.js:[12]: .*\n$/],
		["memory-full", ["--heap", "40000000"], /^XS is out of memory at .*memory-full\.js:2: .*\nslots of .*\n$/]
	])("fault: %s ends with status 1 and one message", async (name, options, message) => {
		const { code, output } = await run(name, { variant, options });
		expect(output).toMatch(message);
		expect(code).toBe(1);
	});

	test("what goes on within a try goes back to where it was called, as in Node", async () => {
		const source = readFileSync(join(root, programs, "resumed-within-try.js"), "utf8");
		const inNode = `globalThis.trace = text => process.stdout.write(text);\n${source}`;
		const expected = execFileSync(process.execPath, ["--input-type=module", "-e", inNode], { encoding: "utf8" });
		expect(expected).toContain("pieces end");
		expect(await run("resumed-within-try", { variant })).toEqual({ code: 0, output: expected });
	});

	test("a port in use is named", async () => {
		const first = startDesk({ main: `${programs}/echo.js`, variant });
		const port = Number((await first.waitForLine(/port (\d+)/))[1]);
		const { code, output } = await run("port-in-use", { variant, config: { port } });
		expect(output).toMatch(`Uncaught Error: Port ${port} is in use: choose another one`);
		expect(code).toBe(1);
		expect(await first.stop()).toEqual({ code: 0, signal: null });
	});

	test("signals: status 0 by default, the main module's stop(), and the second one kills", async () => {
		const started = (name: string) => startDesk({ main: `${programs}/${name}.js`, variant });
		const idle = started("idle");
		await idle.waitForLine(/started/);
		expect(await idle.stop()).toEqual({ code: 0, signal: null });
		const hooked = started("stop");
		await hooked.waitForLine(/started/);
		expect(await hooked.stop()).toEqual({ code: 0, signal: null });
		expect(hooked.output).toMatch("stopping");
		const endless = started("endless");
		await endless.waitForLine(/started/);
		const again = setInterval(() => endless.process.kill("SIGTERM"), 20);
		expect(await endless.exit).toEqual({ code: null, signal: "SIGTERM" });
		clearInterval(again);
	});

	test("a client that ends its half gets its answer", async () => {
		const desk = startDesk({ main: `${programs}/echo.js`, variant });
		const port = Number((await desk.waitForLine(/port (\d+)/))[1]);
		const client = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
		client.end("question");
		let answer = "";
		for await (const chunk of client) answer += chunk;
		expect(answer).toBe("question");
		await desk.waitForLine(/readable 8\nend\n/);
		await desk.stop();
	});

	test("1,000 connections that end in all ways leak no memory", async () => {
		const { code, output } = await run("churn", { variant });
		expect(output).toBe("growth: chunks 0, slots 0, allocated 0\n");
		expect(code).toBe(0);
	});

	test("a method that only calls a native is that native, as the SDK's compiler has it", async () => {
		const { output } = await run("bound-natives", { variant });
		const others = ["swapped", "fewer", "added"].map(name => `${name}: xs_desk_tcp_read\n`);
		expect(output).toBe(`get alone\nparameters: parameters\n${others.join("")}`);
	});

	test("configuration and resources", async () => {
		const config = { port: 8443, name: "desk", on: true };
		const { output } = await run("options", { variant, config, resources: ["none", programs] });
		expect(output).toBe("number 8443, string desk, boolean true\ntrue false\n129 Newer 47\n// Ne\n");
	});
});

test.each(suites.filter(name => name !== "tcp-write.js"))(
	"Z10 desk host: SDK contract with a collection at every allocation: %s",
	suite => keepsContract(suite, { variant: "debug", options: ["--gc-stress"] })
);
