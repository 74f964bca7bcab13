// What the tests and the measuring programs make for a while goes with them, however they end.

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { until, within } from "../../deadline";

const root = join(__dirname, "../../..");
const program = join(root, "host-tests/own-folder.mjs");

/** Starts a shell's commands; what there is in the machine's folder, and how they end. */
function start(script: string) {
	const temporary = mkdtempSync(join(tmpdir(), "own-folder-"));
	const env = { ...process.env, TMPDIR: temporary };
	const child = spawn(process.execPath, [program, "bash", "-c", script], {
		env,
		detached: true,
		stdio: ["ignore", "pipe", "inherit"]
	});
	let output = "";
	child.stdout.on("data", chunk => {
		output += chunk;
	});
	const ended = new Promise<{ output: string }>(resolve =>
		child.on("close", (status, signal) => resolve({ status, signal, output } as { output: string }))
	);
	const end = within(60_000, "an end", ended);
	const says = (word: string) =>
		until(
			() => output.includes(word),
			() => `${word}, but ${output}`
		);
	return { child, end, says, left: () => readdirSync(temporary) };
}

test.each([
	["ends well", "true", 0],
	["fails", "exit 3", 3],
	["has no such program", "exec -c /nonexistent", 127]
])("a command that %s leaves nothing, and its status is told", async (_, ending, status) => {
	const { end, left } = start(`mktemp -d; touch "$TMPDIR/file"; ${ending}`);
	expect(await end).toMatchObject({ status, signal: null });
	expect(left()).toEqual([]);
});

// A terminal tells all of a group, who asks by number only the first.
test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("nor does one that %s ends, with all it started", async signal => {
	const { child, end, left, says } = start(`
		(trap '' INT TERM HUP; while :; do mkdir -p "$TMPDIR/late"; sleep 0.01; done) &
		echo started; exec sleep 1000`);
	await says("started");
	await until(() => left().length === 1, "a folder");
	process.kill(signal === "SIGINT" ? -(child.pid as number) : (child.pid as number), signal);
	expect(await end).toMatchObject({ status: null, signal });
	expect(left()).toEqual([]);
});

test("a folder's path leaves room for a socket's name", async () => {
	const { end, says } = start("echo $TMPDIR");
	await says("/https-");
	expect((await end).output).toMatch(/\/own-folder-\w{6}\/https-\w{6}\n$/);
});

test("each program that a goal runs, and that makes temporary files, is run so", () => {
	const lines = readFileSync(join(root, "Makefile"), "utf8").split("\n");
	const runs = lines.filter(line => /^\t@node (host-tests|package)\//.test(line));
	// Those make none.
	const others = /host-tests\/(lint|flash|toolchain\/bundle|desk\/example\.mjs)/;
	expect(runs.filter(line => !others.test(line))).toEqual([]);
});
