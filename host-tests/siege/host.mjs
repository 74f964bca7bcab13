// A program on the desk with a device's memory.
import { execFileSync, spawn } from "node:child_process";
import { portsOf, waysTo } from "../device/ports.mjs";
import { moduleOptions } from "../modules.cjs";

let preloads;

/** Starts it and waits for its port. */
export async function start(platform, site, ...parameters) {
	const { program, pattern } = site;
	preloads ??= execFileSync("node", ["host-tests/desk/preloads.mjs", "build/js"], { encoding: "utf8" })
		.trim()
		.split(" ");
	const host = spawn("host-tests/toolchain/variant32.sh", [
		"run",
		"m32",
		"build/desk/device/desk",
		...moduleOptions(platform),
		...preloads,
		...["--platform", platform, "--resource", "build/identity", "--resource", "dashboard+=build/dashboard"],
		...["--config", "host=localhost", "--config", "port=0", ...parameters],
		program
	]);
	const run = { site, output: "", status: undefined, port: undefined };
	const ended = new Promise(resolve => {
		host.on("close", (code, signal) => {
			run.status = code ?? signal;
			resolve(run.status);
		});
	});
	const serving = new Promise(resolve => {
		for (const stream of [host.stdout, host.stderr])
			stream.on("data", bytes => {
				run.output = (run.output + bytes.toString("latin1")).slice(-24_000);
				run.port ??= pattern.exec(run.output)?.[1];
				if (run.port !== undefined) resolve();
			});
	});
	await Promise.race([serving, ended]);
	if (run.port === undefined) throw new Error(`${program} did not start:\n${run.output}`);
	run.way = waysTo([Number(run.port)]);
	run.stop = async () => {
		host.kill("SIGTERM");
		const clear = setTimeout(() => host.kill("SIGKILL"), 30_000);
		return ended.finally(() => clearTimeout(clear));
	};
	return run;
}

/** What serves already; each connection takes the next of its ports. */
export const served = (site, list) => ({
	site,
	way: waysTo(portsOf(list)),
	output: "",
	status: undefined,
	stop: async () => 0
});
