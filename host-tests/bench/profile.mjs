// `make profile`: the byte codes and calls of a kept GET by function, and the properties that are looked up, by name.
// `make profile BENCH="another head"` has the rows of `make bench` with that in their name.
import { profileOne } from "./measure.mjs";
import { counted } from "./rows.mjs";

const wanted = process.argv[2] || "GET, 5 bytes, kept alive";

const sum = (rows, column) => rows.reduce((all, row) => all + row[column], 0).toFixed(0);

function print(title, rows) {
	console.log(`\n${title}`);
	for (const [name, ...numbers] of rows)
		console.log(`${numbers.map(number => number.toFixed(1).padStart(8)).join("")}  ${name}`);
}

const rows = counted.filter(({ what, version }) => version === "TLSv1.3" && what.includes(wanted));
for (const row of rows) {
	const { functions, properties } = await profileOne(row);
	print(`${row.what}: ${sum(functions, 1)} byte codes in ${sum(functions, 2)} calls`, functions);
	print(`${sum(properties, 2)} properties, looked up past ${sum(properties, 1)} others`, properties);
}
if (rows.length === 0) {
	console.error("there is no such row");
	process.exitCode = 1;
}
