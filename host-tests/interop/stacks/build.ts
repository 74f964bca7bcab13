// Builds the programs of host-tests/peers.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";

/** Where programs of `host-tests/peers` are, and where they are built. */
export const sources = join(root, "host-tests/peers");
const built = join(root, "build/peers");

function make(program: string, ...parameters: string[]): void {
	mkdirSync(built, { recursive: true });
	// What Go has compiled before is kept with the downloads; it asks nobody for modules.
	const env = { ...process.env, GOCACHE: join(built, "go"), GOFLAGS: "", GOPROXY: "off", GO111MODULE: "off" };
	execFileSync(program, parameters, { cwd: sources, env, stdio: ["ignore", "inherit", "inherit"] });
}

/** @returns the program */
export function buildGo(name: string): string {
	const program = join(built, name);
	make("go", "build", "-o", program, `${name}.go`);
	return program;
}

/** @returns the command line of the class */
export function buildJava(name: string): string[] {
	make("ecj", "-17", "-proc:none", "-d", built, `${name}.java`);
	return ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", built, name];
}

/** @returns the program, over that library */
export function buildC(name: string, library: string): string {
	const program = join(built, name);
	make("gcc", "-Wall", "-Wextra", "-Werror", "-O1", `${name}.c`, "peer-tcp.c", "-o", program, `-l${library}`);
	return program;
}
