// Starts an example on the desk, as `make example` does. What others look at in it is the same wherever it runs.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Desk, startDesk } from "../desk";
import { root } from "../paths";

export const identities = join(root, "build/identity");
export const ca = join(identities, "ca.pem");

/** Makes the certificates that examples are compiled with, unless they are there. */
export function makeIdentities(): void {
	execFileSync("make", ["--no-print-directory", "-s", "example-identities"], { cwd: root, stdio: "pipe" });
}

/** An example that runs. */
export type Run = Pick<Desk, "output" | "waitForLine"> & { stop(): Promise<unknown> };

/** One that serves. */
export interface Example extends Run {
	readonly port: number;
	readonly url: string;
}

export type Config = Record<string, string | number>;

/** Where examples run. */
export interface Place {
	/** Runs it without waiting for a server. Rejects where it cannot run here, with the reason. */
	run(name: string, config?: Config): Promise<Run>;
	/** Runs it until it serves. */
	start(name: string, config?: Config): Promise<Example>;
	/** What this machine is called there, as the server's certificate has it too. */
	readonly host: string;
	/** Whether names can be claimed by multicast DNS, and heard of. */
	readonly hasMulticast: boolean;
	/** Where a port of the example's is found on this machine. */
	at(port: number | string | undefined): number;
}

/** Runs it without waiting for a server. Throws where it cannot run here, with the reason. */
export function runExample(name: string, config: Config = {}): Desk {
	const line = execFileSync("node", ["host-tests/desk/example.mjs", name, "0"], { cwd: root, encoding: "utf8" });
	const options = line.trim().split(" ");
	const main = options.pop() as string;
	return startDesk({ main, modules: {}, options, config });
}

/** The port that an example says it serves at. What a chip says comes letter by letter. */
export const portOf = async (run: Run): Promise<number> =>
	Number((await run.waitForLine(/^Serving \S*\w+:\/\/localhost:(\d+)\D/m))[1]);

/** The same with the port at which clients find it. */
export const served = (run: Run, port: number): Example =>
	Object.create(run, { port: { value: port }, url: { value: `https://localhost:${port}` } }) as Example;

export const desk: Place = {
	run: async (name, config) => runExample(name, config),
	async start(name, config) {
		const run = runExample(name, config);
		return served(run, await portOf(run));
	},
	host: "localhost",
	hasMulticast: true,
	at: Number
};
