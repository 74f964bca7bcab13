// Runs a tool that this project did not write.
import { execFile } from "node:child_process";

/** What `program` prints on stdout and stderr together, and its status; rejects when it cannot run or takes too long. */
export function run(program, parameters, seconds = 60) {
	return new Promise((resolve, reject) => {
		execFile(program, parameters, { timeout: seconds * 1000, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
			if (error?.code === "ENOENT") reject(new Error(`${program} is missing: host-tests/toolchain/packages.sh judges`));
			else if (error?.killed) reject(new Error(`${program} took more than ${seconds} s`));
			else resolve({ status: error?.code ?? 0, output: stdout + stderr });
		});
	});
}
