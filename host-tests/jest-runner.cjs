// Runs a test file as jest does, and then takes back what it would leave to others.
//
// To those that follow in the same process: jest has an AsyncLocalStorage for each file, and Node asks all that were ever used at
// each promise. After a hundred files a promise took sixty times as long.
//
// To the machine: its temporary files lie in a folder that goes with it. What a file removes by itself stays where it fails, and
// where all of its tests are skipped, and where a signal ends jest, or its end a process of it.
const { AsyncLocalStorage } = require("node:async_hooks");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { default: runFile } = require("jest-circus/runner");

const { prototype } = AsyncLocalStorage;
const { run } = prototype;
const used = new Set();

prototype.run = function (...parameters) {
	used.add(this);
	return run.apply(this, parameters);
};

const ends = ["exit", "disconnect", "SIGINT", "SIGTERM", "SIGHUP"];

/** Has `remove` called where this process ends sooner. @returns what takes that back. */
function whenEnded(remove) {
	const end = how => {
		remove();
		forget();
		if (how === undefined) process.exit(1); // Jest has ended, whose process this was.
		if (typeof how === "string") process.kill(process.pid, how);
	};
	const forget = () => {
		for (const each of ends) process.off(each, end);
	};
	for (const each of ends) process.on(each, end);
	return forget;
}

module.exports = async (globalConfig, config, environment, ...parameters) => {
	const { TMPDIR } = process.env;
	const folder = mkdtempSync(join(tmpdir(), "test-"));
	// Node looks at the first. The second is a copy that the file gives to what it starts.
	process.env.TMPDIR = folder;
	environment.global.process.env.TMPDIR = folder;
	// A browser that was ended may still write.
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
	const forget = whenEnded(remove);
	try {
		return await runFile(globalConfig, config, environment, ...parameters);
	} finally {
		if (TMPDIR === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = TMPDIR;
		forget();
		remove();
		for (const storage of used) storage.disable();
		used.clear();
	}
};
