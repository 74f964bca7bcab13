// Tables that appear as they are measured: a row's name first, then each of its cells when it is known.
const nameWidth = 40;

/** What a cell says: three digits or so. */
export const format = number =>
	number >= 1e6
		? `${(number / 1e6).toFixed(2)} M`
		: number >= 1e3
			? `${(number / 1e3).toFixed(1)} k`
			: number.toFixed(1);

/** Whether `ratio` is at most `goal`, of which there may be none. */
export const verdict = (ratio, goal) => (goal === undefined ? "" : `${ratio <= goal ? "met" : "NOT MET"} (${goal})`);

const unmeasured = [];
let rowsPrinted = 0;

async function printRow(title, name, write, cells) {
	process.stdout.write(`\n${name.padEnd(nameWidth)}`);
	const written = [];
	try {
		for await (const cell of cells()) {
			write(cell, written.length);
			written.push(cell);
		}
	} catch (error) {
		process.stdout.write(` not measured: ${error.message.trim()}`);
		unmeasured.push(`${title}: ${name}, TLS ${written[0]}`);
	}
	rowsPrinted++;
}

/**
 * Prints a table. A row that cannot be measured says why, and the others come all the same.
 * @param columns without that of names: ["C server", 12] is a heading and a width; the first is that of TLS's version
 * @param rows [name, generator of cells]
 */
export async function printTable(title, columns, rows) {
	if (rows.length === 0) return;
	const write = (text, i) => process.stdout.write(` ${text.padStart(columns[i][1])}`);
	process.stdout.write(`${title}\n\n${" ".repeat(nameWidth)}`);
	columns.forEach(([heading], i) => {
		write(heading, i);
	});
	for (const [name, cells] of rows) await printRow(title, name, write, cells);
	process.stdout.write("\n\n");
}

/** Ends the process: with an error that names what could not be measured, or says that nothing was. */
export function finish() {
	if (unmeasured.length === 0 && rowsPrinted > 0) return;
	console.error(
		["Not measured:", ...(unmeasured.length ? unmeasured : ["there is no such table or row"])].join("\n  ")
	);
	process.exitCode = 1;
}
