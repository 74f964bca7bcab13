// Bytes of chunks for each literal and each function that is evaluated, and whether collections leave alone what they
// point to.

import { gc, memory } from "desk";
import { describe, greet, makeFunction } from "flash/texts";

const count = 1000;
const kept = new Array(count).fill(null);

function measure(make) {
	kept.fill(null);
	gc();
	const before = memory().chunks;
	for (let i = 0; i < count; i++) kept[i] = make(i);
	gc();
	return Math.round((memory().chunks - before) / count);
}

const compiled = new Function('return "a greeting of some forty characters in all"');
trace(`literal ${measure(greet)}, function ${measure(makeFunction)}, literal compiled here ${measure(compiled)}\n`);

const described = describe();
for (let i = 0; i < 10; i++) {
	kept.fill(null).forEach((_, index) => {
		kept[index] = `${describe()} ${index}`;
	});
	gc();
}
trace(`${describe() === described ? "as before" : "changed"}: ${described}\n`);
