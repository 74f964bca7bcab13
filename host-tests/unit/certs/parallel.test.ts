import { type ChildProcess, execFile, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "@jest/globals";
import { parsePsks } from "../../../certs/lib/images/psk";
import { certs, folder, made } from "./tool";

const root = join(__dirname, "../../..");
const out = folder();
const clone = join(out, "clone");
const launcher = join(clone, "certs/bin/certs.mjs");
const run = (...argv: string[]) => promisify(execFile)(process.execPath, [launcher, ...argv]);
const times = <T>(count: number, work: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => work(index));

// A clone of its own, never compiled.
beforeAll(() => {
	cpSync(join(root, "certs"), join(clone, "certs"), { recursive: true });
	for (const name of ["tsconfig.json", "package.json"]) cpSync(join(root, name), join(clone, name));
	symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
});

const ended = (child: ChildProcess) => once(child, "close");
const products = join(clone, "build/certs");

/** The files of a compilation that has not come to its end, by their paths, its folder among them. */
function unfinished(): string[] {
	const all = existsSync(products) ? (readdirSync(products, { recursive: true }) as string[]) : [];
	return all.filter(path => path.startsWith("unfinished-"));
}

test.each<[string, NodeJS.ProcessEnv]>([
	["at its beginning", { COMPILER_TIME: "1" }],
	["when many files are missing", { MISSING_FILES: "20" }],
	["when one file is missing", { MISSING_FILES: "1" }],
	["when none is missing", {}]
])("E10 a first compilation that is interrupted %s does not break the tool", async (_, fault) => {
	rmSync(products, { recursive: true, force: true });
	const argv = ["--require", join(__dirname, "killed.cjs"), launcher, "--help"];
	const child = spawn(process.execPath, argv, { env: { ...process.env, ...fault }, stdio: "ignore" });
	expect(await ended(child)).toEqual([null, "SIGKILL"]);
	expect(unfinished()).not.toEqual([]);
	expect((await run("--help")).stdout).toContain("Examples:");
});

test("E10 first runs in parallel compile without harm to each other", async () => {
	writeFileSync(join(clone, "certs/lib/new.ts"), "export {};\n");
	const texts = await Promise.all(times(3, () => run("--help")));
	for (const { stdout } of texts) expect(stdout).toContain("Examples:");
});

test("E10 of servers made in parallel one is made, the others are refused, and it verifies", async () => {
	const directory = join(out, "same");
	const argv = ["server", "--out", directory, "--host", "device.local"];
	const outcomes = await Promise.allSettled(times(4, () => run(...argv)));
	expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	const [leaf, ca] = ["server.pem", "ca.pem"].map(name => new X509Certificate(readFileSync(join(directory, name))));
	expect(leaf?.verify((ca as X509Certificate).publicKey)).toBe(true);
	expect(readdirSync(directory).filter(name => name.includes("lock") || name.endsWith(".tmp"))).toEqual([]);
});

test("E10 PSKs made in parallel are all kept", async () => {
	await Promise.all(times(6, index => made("psk", "--out", out, "--identity", `device-${index}`)));
	await Promise.all(times(3, index => run("psk", "--out", out, "--identity", `other-${index}`)));
	const kept = parsePsks(readFileSync(join(out, "psk.txt"), "utf8"), "psk.txt");
	expect(kept.map(({ identity }) => identity).sort()).toEqual([
		...times(6, index => `device-${index}`),
		...times(3, index => `other-${index}`)
	]);
});

test("E10 a lock whose process is gone is taken over", async () => {
	const child = spawn(process.execPath, ["-e", ""]);
	await ended(child);
	writeFileSync(join(out, ".certs.lock"), String(child.pid));
	await made("psk", "--out", out, "--identity", "late");
	expect(existsSync(join(out, ".certs.lock"))).toBe(false);
});

test("E10 what is refused leaves no folder behind", async () => {
	expect((await certs("flash", "--out", join(out, "none"))).status).toBe(1);
	expect(existsSync(join(out, "none"))).toBe(false);
});
