// `make judges`: public tools judge the server; one table, and a status that is not 0 when a condition fails.
//
// run.mjs [--short] [NAME...]: short is what `make test` has time for; without names all of them judge.

const judges = ["autocannon", "wrk", "h2load", "slowhttptest", "connections", "pollers"];

const parameters = process.argv.slice(2);
const short = parameters.includes("--short");
const named = parameters.filter(name => name !== "--short");
const unknown = named.filter(name => !judges.includes(name));
if (unknown.length > 0) {
	console.error(`judges: there is no ${unknown.join(", ")}, only ${judges.join(", ")}`);
	process.exit(2);
}

const widths = [14, 36, 62, 44];
const print = (...cells) => console.log(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" "));

/** The rows of a judge; one that breaks down has failed. */
async function* rowsOf(name) {
	const { default: judge } = await import(`./${name}.mjs`);
	try {
		yield* judge({ short });
	} catch (error) {
		yield { what: "breaks down", measured: error.message, condition: "", passed: false };
	}
}

let failed = 0;
print("judge", "case", "measured", "condition", "");
for (const name of named.length > 0 ? named : judges)
	for await (const { what, measured, condition, passed } of rowsOf(name)) {
		if (!passed) failed++;
		print(name, what, measured, condition, passed ? "ok" : "FAIL");
	}
console.log(failed > 0 ? `\n${failed} failed` : "\nall passed");
process.exit(failed > 0 ? 1 : 0);
