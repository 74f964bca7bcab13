// Runs a command whose temporary files lie in a folder of its own, and removes that however the command ends.
//
//   own-folder.mjs PROGRAM PARAMETER...
//
// It is below the system's and has a short name: the path of a socket has 108 bytes at most. What the command has started ends
// with it, since a host that lives on would write there again.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, ...parameters] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "https-"));
const env = { ...process.env, TMPDIR: folder };
// Before it starts: a signal may come with its first word.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => tell(signal));
const child = spawn(program, parameters, { stdio: "inherit", detached: true, env });

/** Sends a signal to the command and to all that it has started and that is left. */
function tell(signal) {
	try {
		process.kill(-child.pid, signal);
	} catch {
		// Nobody is left.
	}
}

const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });

child.on("error", error => {
	remove();
	console.error(`${program}: ${error.message}`);
	process.exit(127);
});
child.on("exit", (status, signal) => {
	tell("SIGKILL");
	remove();
	if (signal === null) process.exit(status);
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
});
