// What one message of the dashboard takes of XS's memory while it is made: bytes of slots and chunks, garbage included.

import { gc, memory } from "desk";
import { snapshotCost } from "httpsd/dashboard/snapshot";
import Tally from "httpsd/dashboard/tally";
import HttpError from "httpsd/http-error";
import { encodeText } from "text/utf8";
import { hostileSnapshot } from "./hostile-snapshot";

const places = 4;
const tally = new Tally();
for (let count = 0; count < 40; count++)
	tally.failed({ error: new HttpError(400, `A_LONG_CODE_OF_AN_ERROR_${count}`, "x"), remoteAddress: "fe80::1:2:3:4" });
const makeText = hostileSnapshot(places, tally);

function measure(): { taken: number; length: number } {
	gc();
	const before = memory();
	const frame = encodeText(makeText());
	const after = memory();
	return { taken: after.slots + after.chunks - before.slots - before.chunks, length: frame.byteLength };
}

measure();
const { taken, length } = measure();
trace(`a message of ${length} bytes takes ${taken} of ${snapshotCost(places)}\n`);
gc();
const before = memory();
const other = new Tally();
for (let count = 0; count < 40; count++)
	other.failed({ error: new HttpError(400, `CODE_${count}`, "x"), remoteAddress: "192.168.100.100" });
gc();
const after = memory();
trace(`a tally with twenty errors holds ${after.slots + after.chunks - before.slots - before.chunks}\n`);
