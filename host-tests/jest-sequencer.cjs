// The order of test files, where jest does not know yet how long they take: it goes by their size then, and those that take longest
// are small. They go first, so that none is left at the end with nobody beside it.
const { default: Sequencer } = require("@jest/test-sequencer");

/** The longest first. */
const longest = [
	"identity/certificates-trial",
	"acme/hostile-ca",
	"acme/device-memory",
	"memory/left-handlers",
	"provisioning/page",
	"memory/held",
	"memory/pairs",
	"provisioning/mistakes",
	"discovery/zeroconf",
	"interop/siege",
	"memory/large-heads",
	"package/package",
	"tls/bad-input",
	"httpsd/judges",
	"browser/assets",
	"memory/large-application",
	"provisioning/memory",
	"memory/admission",
	"curl/options",
	"stacks/java",
	"acme/faults",
	"memory/states",
	"context/left-selects",
	"acme/browsers",
	"discovery/device-memory",
	"examples/first-contact",
	"update/power-cut",
	"identity/stress",
	"identity/damage",
	"http-clients/programs",
	"http-clients/firefox"
].map(name => `${name}.test.ts`);

const placeOf = ({ path }) => {
	const place = longest.findIndex(name => path.endsWith(`/${name}`));
	return place < 0 ? longest.length : place;
};

module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
	}
};
module.exports.longest = longest;
