// The order of test files, where jest does not know yet how long they take: it goes by their size then, and those that take longest
// are small. They go first, so that none is left at the end with nobody beside it.
const { default: Sequencer } = require("@jest/test-sequencer");

const longest = [
	"update/power-cut",
	"acme/hostile-ca",
	"identity/stress",
	"identity/damage",
	"http-clients/programs",
	"http-clients/firefox",
	"stacks/java",
	"interop/siege",
	"httpsd/judges",
	"acme/browsers",
	"package/package",
	"tls/bad-input"
].map(name => `${name}.test.ts`);

const isLong = ({ path }) => longest.some(name => path.endsWith(name));

module.exports = class extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		return [...sorted.filter(isLong), ...sorted.filter(test => !isLong(test))];
	}
};
