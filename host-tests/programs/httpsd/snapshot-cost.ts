// What one message of the dashboard takes of XS's memory while it is made: bytes of slots and chunks, garbage included.

import { gc, memory } from "desk";
import Latency from "httpsd/dashboard/latency";
import { makeSnapshot, snapshotCost } from "httpsd/dashboard/snapshot";
import Tally from "httpsd/dashboard/tally";
import HttpError from "httpsd/http-error";
import type { Peer } from "httpsd/peer";
import { encodeText } from "text/utf8";

const places = 4;

const peer = (id: number) =>
	({
		id,
		remoteAddress: "fe80:0000:0000:0000:0000:0000:0000:0001",
		remotePort: 65_535,
		requests: 4_294_967_295,
		activity: `GET ${'"'.repeat(48)}`,
		tls: { protocol: "TLSv1.3", cipher: "TLS_CHACHA20_POLY1305_SHA256", resumed: true },
		account: { held: 18_432 }
	}) as unknown as Peer;

const observed = {
	peers: Array.from({ length: places }, (_, id) => peer(id)),
	memory: { limit: 18_432, used: 18_432, peak: 18_432, refused: 1_000_000 },
	handshakes: { done: 1_000_000, resumed: 1_000_000 }
};
const tally = new Tally();
for (let count = 0; count < 40; count++)
	tally.failed({ error: new HttpError(400, `A_LONG_CODE_OF_AN_ERROR_${count}`, "x"), remoteAddress: "fe80::1:2:3:4" });
const heap = { free: 100_000, largestBlock: 100_000, used: 100_000 };
const xs = { slots: 100_000, chunks: 100_000, taken: 100_000 };
const latency = new Latency();

function measure(): { taken: number; length: number } {
	gc();
	const before = memory();
	const text = makeSnapshot(observed, tally, latency, heap, xs, 0);
	const frame = encodeText(text);
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
