// The tables of a siege.
import { busyTimes } from "./good-client.mjs";

const sorted = numbers => numbers.toSorted((one, two) => one - two);
const at = (numbers, share) => sorted(numbers)[Math.floor((numbers.length - 1) * share)];
const milliseconds = number => `${number.toFixed(0).padStart(6)} ms`;

/** A good client is served within so many milliseconds of an idle machine: a busy place changes hands after 2.5 s. */
const longest = 12_000;

export function printVisits({ name }, { measured, beside, tries, error }, failures) {
	if (error !== undefined || measured.length === 0) {
		failures.push(`${name}: the good client was not served: ${error?.message}`);
		return;
	}
	const [slowest, slowestBeside] = [at(measured, 1), at(beside, 1) ?? 0];
	console.log(`\n${name}: ${measured.length} visits of a good client, ${tries} tries in vain; median and slowest`);
	console.log(`  besieged ${milliseconds(at(measured, 0.5))} ${milliseconds(slowest)}`);
	if (beside.length > 0) console.log(`  control  ${milliseconds(at(beside, 0.5))} ${milliseconds(slowestBeside)}`);
	if (slowest > longest + busyTimes * slowestBeside) failures.push(`${name}: a visit took ${slowest.toFixed(0)} ms`);
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
		this.#rows = new Map(attacks.map(({ name }) => [name, { begun: 0, ends: new Map() }]));
	}

	begin(name) {
		this.#rows.get(name).begun++;
	}

	end(name, how) {
		const { ends } = this.#rows.get(name);
		ends.set(how, (ends.get(how) ?? 0) + 1);
	}

	print() {
		console.log(`\n${"attack".padEnd(26)} times  how it ended`);
		for (const [name, { begun, ends }] of this.#rows) {
			const words = [...ends].sort((one, two) => two[1] - one[1]).map(([how, count]) => `${how} ×${count}`);
			console.log(`${name.padEnd(26)} ${String(begun).padStart(5)}  ${words.join(", ")}`);
		}
	}
}
