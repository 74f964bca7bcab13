// The longest message of the dashboard: each client has chosen the longest path, of characters that JSON makes longer.

import Latency from "httpsd/dashboard/latency";
import { makeSnapshot } from "httpsd/dashboard/snapshot";
import type Tally from "httpsd/dashboard/tally";
import type { Peer } from "httpsd/peer";

const hostile = (id: number) =>
	({
		id,
		remoteAddress: "fe80:0000:0000:0000:0000:0000:0000:0001",
		remotePort: 65_535,
		requests: 4_294_967_295,
		activity: `GET ${'"'.repeat(48)}`,
		tls: { protocol: "TLSv1.3", cipher: "TLS_CHACHA20_POLY1305_SHA256", resumed: true },
		account: { held: 18_432 }
	}) as unknown as Peer;
const heap = { free: 100_000, largestBlock: 100_000, used: 100_000 };
const xs = { slots: 100_000, chunks: 100_000, taken: 100_000 };
const latency = new Latency();

/** What makes it, of so many clients. */
export function hostileSnapshot(count: number, tally: Tally): () => string {
	const observed = {
		peers: Array.from({ length: count }, (_, id) => hostile(id)),
		memory: { limit: 18_432, used: 18_432, peak: 18_432, refused: 1_000_000 },
		handshakes: { done: 1_000_000, resumed: 1_000_000 }
	};
	return () => makeSnapshot(observed, tally, latency, heap, xs, 0);
}
