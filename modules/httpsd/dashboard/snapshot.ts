import type { Peer } from "../peer";
import type Latency from "./latency";
import type Tally from "./tally";
import type { XSHeap } from "./xs-heap";

/** Rows that a message has at most, so that it stays short whatever clients do. */
const mostRows = Object.freeze({ connections: 16, errors: 6 } as const);

/** What the snapshot is of. */
export interface Observed {
	readonly peers: readonly Peer[];
	readonly memory: { readonly limit: number; readonly used: number; readonly peak: number; readonly refused: number };
	readonly handshakes: { readonly done: number; readonly resumed: number } | undefined;
}

/** Bytes; `undefined` for what the platform does not tell. */
export interface CHeap {
	readonly free: number | undefined;
	readonly largestBlock: number | undefined;
	readonly used: number | undefined;
}

/** What TLS says of a connection. */
interface TLSFacts {
	readonly protocol: string;
	readonly cipher: string;
	readonly resumed: boolean;
}

/** A connection as the page has it: number, address, port, TLS version, suite, resumed, requests, bytes held, what it does. */
type Row = readonly (string | number | null)[];

const heldBy = (peer: Peer): number => {
	return (peer as Peer & { readonly account: { readonly held: number } }).account.held;
};

const rowOf = (peer: Peer): Row => {
	const { id, remoteAddress = null, remotePort = null, requests, activity } = peer;
	const { protocol = null, cipher = null, resumed = false } = (peer.tls as TLSFacts | undefined) ?? {};
	return [id, remoteAddress, remotePort, protocol, cipher, resumed ? 1 : 0, requests, heldBy(peer), activity];
};

/** Bytes of `memory` that making a message may take, for that many connections: its objects, its text, its frame. */
export const snapshotCost = (connections: number): number => {
	return 3072 + 512 * Math.min(connections, mostRows.connections);
};

/** What a viewer is sent: counts since the start, of which the page makes rates. */
export const makeSnapshot = (
	{ peers, memory, handshakes }: Observed,
	tally: Tally,
	latency: Latency,
	{ free, largestBlock, used }: CHeap,
	xs: XSHeap,
	after: number
): string => {
	const { errors, last } = tally.errorsAfter(after, mostRows.errors);
	const others = peers.reduce((left, peer) => left - heldBy(peer), memory.used);
	return JSON.stringify({
		time: tally.elapse(),
		memory: [memory.used, memory.peak, memory.limit, memory.refused, others],
		heap: [free ?? null, largestBlock ?? null, used ?? null],
		xs: [xs.slots, xs.chunks, xs.taken],
		opened: tally.connections,
		open: peers.length,
		requests: tally.requests(peers),
		...(handshakes === undefined ? {} : { handshakes: [handshakes.done, handshakes.resumed] }),
		latency: latency.classes,
		failures: [...tally.failures],
		connections: peers.slice(0, mostRows.connections).map(rowOf),
		errors,
		last
	});
};
