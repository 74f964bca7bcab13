// The C heap has an end and comes to pieces; what was freed joins again.

import { give, take } from "c-heap";
import { memory } from "desk";
import { measureHeap } from "tls/heap";

const heap = () => memory().device.heap;

function fill(size) {
	const blocks = [];
	for (let block = take(size); block !== undefined; block = take(size)) blocks.push(block);
	return blocks;
}

const before = heap();
const blocks = fill(1000);
trace(
	`full: ${blocks.length} blocks, failures ${heap().failures} for ${heap().lastFailure}, largest ${heap().largestBlock}\n`
);
blocks.forEach((block, index) => {
	if (index % 2 === 0) give(block);
});
const { free, largestBlock } = heap();
trace(`every other: free ${free > before.free / 2 - 2000}, largest ${largestBlock < 2000}, 2000 bytes ${take(2000)}\n`);
trace(`as TLS sees it: ${measureHeap().free === free} ${measureHeap().largestBlock === largestBlock}\n`);
blocks.forEach((block, index) => {
	if (index % 2 === 1) give(block);
});
const after = heap();
trace(
	`given back: ${after.free === before.free} ${after.largestBlock === before.largestBlock} ${after.blocks === before.blocks}\n`
);

// At random, with a fixed seed: what TLS is told that it can have it does get.
let seed = 1;
const random = limit => {
	seed = (seed * 1103515245 + 12345) % 2147483648;
	return seed % limit;
};
const kept = [];
let broken = 0;
for (let i = 0; i < 20_000; i++) {
	if (kept.length > 0 && random(2) === 0) give(kept.splice(random(kept.length), 1)[0]);
	else {
		const size = random(10) === 0 ? random(9000) : random(300);
		const fits = size <= heap().largestBlock;
		const block = take(size);
		if (block !== undefined) kept.push(block);
		else if (fits) broken++;
	}
}
for (const block of kept) give(block);
trace(
	`at random: broken ${broken}, given back ${heap().free === before.free} ${heap().largestBlock === before.largestBlock}\n`
);
