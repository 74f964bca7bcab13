// Runs a test file as jest does, and then takes back what would slow down those that follow in the same process: jest has an
// AsyncLocalStorage for each file, and Node asks all that were ever used at each promise. After a hundred files a promise took
// sixty times as long.
const { AsyncLocalStorage } = require("node:async_hooks");
const { default: runFile } = require("jest-circus/runner");

const { prototype } = AsyncLocalStorage;
const { run } = prototype;
const used = new Set();

prototype.run = function (...parameters) {
	used.add(this);
	return run.apply(this, parameters);
};

module.exports = async (...parameters) => {
	try {
		return await runFile(...parameters);
	} finally {
		for (const storage of used) storage.disable();
		used.clear();
	}
};
