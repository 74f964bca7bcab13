// The tables of a siege.
import { busyTimes } from "./good-client.mjs";

const sorted = numbers => numbers.toSorted((one, two) => one - two);
const at = (numbers, share) => sorted(numbers)[Math.floor((numbers.length - 1) * share)];
const milliseconds = number => `${number.toFixed(0).padStart(6)} ms`;

/** Each word once with how often it is there, the most frequent first. */
function counted(words) {
	const counts = new Map();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts]
		.sort((one, two) => two[1] - one[1])
		.map(([word, count]) => `${word} ×${count}`)
		.join(", ");
}

/** A good client is served within so many milliseconds of an idle machine: a busy place changes hands after 2.5 s. */
const longest = 12_000;

export function printVisits({ name, askingAgain = 0 }, { measured, beside, vain, atOnce, error }, failures) {
	if (error !== undefined || measured.length === 0) {
		failures.push(`${name}: the good client was not served: ${error?.message}`);
		return;
	}
	const [slowest, slowestBeside] = [at(measured, 1), at(beside, 1) ?? 0];
	const inVain = `${vain.length} tries in vain${vain.length > 0 ? ` (${counted(vain)})` : ""}`;
	console.log(
		`\n${name}: ${measured.length} visits of a good client, ${atOnce} served at the first try, ${inVain}; median and slowest`
	);
	console.log(`  besieged ${milliseconds(at(measured, 0.5))} ${milliseconds(slowest)}`);
	if (beside.length > 0) console.log(`  control  ${milliseconds(at(beside, 0.5))} ${milliseconds(slowestBeside)}`);
	if (slowest > longest + askingAgain + busyTimes * slowestBeside)
		failures.push(`${name}: a visit took ${slowest.toFixed(0)} ms`);
}

/** Bytes at rest before the last part of a siege and at its end, and the extremes. */
export function printFigures(before, after) {
	const row = (what, ...figures) =>
		figures.includes(undefined) ||
		console.log(`  ${what.padEnd(34)}${figures.map(each => String(each).padStart(9)).join("")}`);
	console.log("\nbytes at rest, before the last part and at the end");
	row("XS slots", before.slots, after.slots);
	row("XS chunks", before.chunks, after.chunks);
	row(after.free === undefined ? "C heap" : "C heap, free of it", Math.abs(before.heap), Math.abs(after.heap));
	row("charged to the budget", before.used, after.used);
	console.log("extremes");
	row("most charged to the budget", after.most);
	row("least free of XS's block", after.blockLowest);
	row("free of XS's block, but for slots that were taken", after.block);
	row("slots taken", after.takenSlots);
	row("least free of the C heap", after.heapLowest);
	row("least of its largest block", after.heapLargest);
	row("XS's stack, deepest, of", after.stack, after.stackSize);
}

/** How often each attack was made, and how it ended. */
export class Tally {
	#rows;

	constructor(attacks) {
		this.#rows = new Map(attacks.map(({ name }) => [name, { begun: 0, ends: [] }]));
	}

	begin(name) {
		this.#rows.get(name).begun++;
	}

	end(name, how) {
		this.#rows.get(name).ends.push(how);
	}

	print() {
		console.log(`\n${"attack".padEnd(26)} times  how it ended`);
		for (const [name, { begun, ends }] of this.#rows)
			console.log(`${name.padEnd(26)} ${String(begun).padStart(5)}  ${counted(ends)}`);
	}
}
