import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { DAY } from "../../../certs/lib/base/limits";
import { issueCa } from "../../../certs/lib/x509/issue";
import { generateKey } from "../../../certs/lib/x509/keys";
import { run } from "../../../certs/program";

/** What one command line printed, and its exit status. */
export interface Outcome {
	status: number;
	out: string;
	error: string;
}

/** Runs the tool in this process, without its launcher, for a user who has no home folder. */
export function certs(...argv: string[]): Promise<Outcome> {
	return certsAt("/nonexistent", argv);
}

/** The same for a user whose home folder is `home`. */
export async function certsAt(home: string, argv: readonly string[]): Promise<Outcome> {
	const out: string[] = [];
	const error: string[] = [];
	const status = await run(argv, { print: line => out.push(line), home }, text => error.push(text));
	return { status, out: out.join("\n"), error: error.join("\n") };
}

/** Runs the tool and throws when it fails. */
export async function made(...argv: string[]): Promise<string> {
	const { status, out, error } = await certs(...argv);
	if (status !== 0) throw new Error(`certs ${argv.join(" ")}: ${error}`);
	return out;
}

/** A folder of its own for a test file; removed at the end. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), "certs-test-"));
	afterAll(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

export function openssl(...argv: string[]): string {
	return execFileSync("openssl", argv, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A CA certificate, PEM, whose life ended a day ago (`openssl req` cannot make one). */
export async function expiredCa(): Promise<string> {
	const ended = { notBefore: new Date(Date.now() - 90 * DAY), notAfter: new Date(Date.now() - DAY) };
	return (await issueCa(await generateKey("ec"), "Old", ended)).toString("pem");
}

/** Whether a program is on the path; when not, says which package brings it. */
export function available(program: string, probe: string, debianPackage: string): boolean {
	const found = spawnSync(program, [probe], { stdio: "ignore" }).error === undefined;
	if (!found) console.log(`${program} is not installed (Debian package ${debianPackage}): its check is left out`);
	return found;
}
