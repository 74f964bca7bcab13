// Starts an example on the desk, as `make example` does.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";
import { root } from "../paths";

export const identities = join(root, "build/identity");
export const ca = join(identities, "ca.pem");

/** Makes the certificates that examples are compiled with, unless they are there. */
export function makeIdentities(): void {
	execFileSync("make", ["--no-print-directory", "-s", "example-identities"], { cwd: root, stdio: "pipe" });
}

export interface Example extends Desk {
	readonly port: number;
	readonly url: string;
}

/** Runs it without waiting for a server. Throws where it cannot run here, with the reason. */
export function runExample(name: string, config: Record<string, string | number> = {}): Desk {
	const line = execFileSync("node", ["host-tests/desk/example.mjs", name, "0"], { cwd: root, encoding: "utf8" });
	const options = line.trim().split(" ");
	const main = options.pop() as string;
	return startDesk({ main, modules: {}, options, config });
}

/** Runs it until it serves. */
export async function startExample(name: string, config: Record<string, string | number> = {}): Promise<Example> {
	const desk = runExample(name, config);
	const [, port] = await desk.waitForLine(/^Serving \S*\w+:\/\/localhost:(\d+)/m);
	return Object.create(desk, {
		port: { value: Number(port) },
		url: { value: `https://localhost:${port}` }
	}) as Example;
}

/** What curl shows on stdout. */
export async function curl(...parameters: string[]): Promise<string> {
	const { status, stdout, stderr } = await run("curl", ["-sS", "--cacert", ca, ...parameters]);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}
