// The largest chunk that can be had, and `more` bytes.

import { gc, memory } from "desk";
import config from "mc/config";

memory();
gc();
const { largestChunk } = memory().device.block;
trace(`largest ${largestChunk}\n`);
new ArrayBuffer(largestChunk + config.more);
trace("had\n");
