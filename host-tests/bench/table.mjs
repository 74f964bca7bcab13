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

/**
 * Prints a table. A row that cannot be measured says why, and the others come all the same.
 * @param columns from the left, without the row's name: ["C server", 12] is a heading and a width
 * @param rows [name, generator of cells]
 */
export async function printTable(title, columns, rows) {
	if (rows.length === 0) return;
	const write = (text, i) => process.stdout.write(` ${text.padStart(columns[i][1])}`);
	process.stdout.write(`${title}\n\n${" ".repeat(nameWidth)}`);
	columns.forEach(([heading], i) => {
		write(heading, i);
	});
	for (const [name, cells] of rows) {
		process.stdout.write(`\n${name.padEnd(nameWidth)}`);
		try {
			let i = 0;
			for await (const cell of cells()) write(cell, i++);
		} catch (error) {
			process.stdout.write(` not measured: ${error.message.trim()}`);
			unmeasured.push(`${title}: ${name.trim()}`);
		}
	}
	process.stdout.write("\n\n");
}

/** Ends the process: with an error that names what could not be measured, if there is any. */
export function finish() {
	if (unmeasured.length === 0) return;
	console.error(["Not measured:", ...unmeasured].join("\n  "));
	process.exitCode = 1;
}
