// What has been used once stays in the figures, and what nobody uses any more is had again.

import { gc, memory } from "desk";

const deepen = depth => (depth === 0 ? 0 : 1 + deepen(depth - 1));

memory();
gc();
const before = memory().device;
new Uint8Array(40_000).fill(1);
deepen(50);
gc();
const { block, chunks, stack } = memory().device;
trace(`chunks: peak ${chunks.peak >= 40_000}, back ${chunks.used - before.chunks.used < 1000}\n`);
trace(`free: ${block.free === block.lowestFree}, less by ${block.free < before.block.free - 36_000}\n`);
trace(`stack: deeper ${stack.deepest > before.stack.deepest + 50 * 5 * 16}\n`);

// Two slots each, more than the rest of the block has: chunks give back what they do not use.
let list = null;
for (let i = 0; i < 1800; i++) list = { list };
const after = memory().device;
trace(`slots: ${after.slots.used > 1800 * 2 * 16}, chunks less ${after.chunks.reserved < chunks.reserved - 36_000}\n`);
trace(`lowest stays: ${after.block.lowestFree <= after.block.free}\n`);
