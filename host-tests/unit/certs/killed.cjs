// Loaded into the tool's launcher before all else (node --require): a fault that is forced. The compiler writes its files too
// fast for anyone to come between. So the launcher ends here, and what is there then is what an end of the machine would
// have left: a compiler that was ended itself after COMPILER_TIME milliseconds, or files of which MISSING_FILES are not there yet.
const childProcess = require("node:child_process");
const { readdirSync, rmSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { join } = require("node:path");

const { spawnSync } = childProcess;
const { COMPILER_TIME, MISSING_FILES } = process.env;

childProcess.spawnSync = (program, argv, options) => {
	spawnSync(program, argv, { ...options, timeout: Number(COMPILER_TIME ?? 0), killSignal: "SIGKILL" });
	const out = argv[argv.indexOf("--outDir") + 1];
	const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
	const missing = files.slice(files.length - Number(MISSING_FILES ?? 0));
	for (const { parentPath, name } of missing) rmSync(join(parentPath, name));
	process.kill(process.pid, "SIGKILL");
};
syncBuiltinESMExports();
