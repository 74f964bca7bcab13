import Time from "time";
import type { Peer } from "../peer";
import type { Watcher } from "../server/watcher";

/** Kinds of failures that are counted each for itself, and errors that are kept; characters of a code that are. */
const bounds = Object.freeze({ codes: 12, errors: 20, code: 24 } as const);

/** Where the counts of all other codes go. */
const otherCodes = "OTHER";

/** What an error may say of itself: `TLSError` has an alert, `HttpError` a code alone. */
interface CodedError {
	readonly code?: unknown;
	readonly alert?: { readonly name: string; readonly received: boolean } | undefined;
}

/** Counts what a server does. There is no timer, and a request costs nothing: connections count theirs themselves. */
export default class Tally implements Watcher {
	/** Connections that were accepted. */
	connections = 0;
	/** Failures by code. */
	readonly failures: Map<string, number> = new Map();
	/** The last errors, the newest at the end: second, code, address and alert, parted by tabs, for a text takes the least. */
	readonly errors: string[] = [];
	/** Errors that there were. The last of `errors` has this number. */
	lastError = 0;
	/** Requests of connections that have closed. */
	#requests = 0;
	#ticks = Time.ticks;
	#elapsed = 0;

	connected(): void {
		this.connections++;
	}

	disconnected({ requests }: Peer): void {
		this.#requests += requests;
		this.elapse();
	}

	failed({ error, peer, remoteAddress }: Parameters<Watcher["failed"]>[0]): void {
		const { code, alert } = (error ?? {}) as CodedError;
		const name = typeof code === "string" ? code.slice(0, bounds.code) : "HANDLER";
		const { failures } = this;
		const counted = failures.has(name) || failures.size < bounds.codes ? name : otherCodes;
		failures.set(counted, (failures.get(counted) ?? 0) + 1);
		const told = alert ? `${alert.received ? "received" : "sent"} ${alert.name}` : "";
		const second = Math.floor(this.elapse() / 1000);
		this.errors.push(`${second}\t${name}\t${peer?.remoteAddress ?? remoteAddress ?? ""}\t${told}`);
		if (this.errors.length > bounds.errors) this.errors.shift();
		this.lastError++;
	}

	/** Milliseconds since the count began; ticks alone begin anew after seven weeks. */
	elapse(): number {
		const ticks = Time.ticks;
		this.#elapsed += (ticks - this.#ticks) >>> 0;
		this.#ticks = ticks;
		return this.#elapsed;
	}

	/** Requests since the count began. @param peers the connections that are open */
	requests(peers: readonly Peer[]): number {
		return peers.reduce((sum, { requests }) => sum + requests, this.#requests);
	}

	/** Errors behind number `after`, the oldest first, `most` at most; with the number of the last of them. */
	errorsAfter(after: number, most: number): { readonly errors: readonly string[]; readonly last: number } {
		const first = this.lastError - this.errors.length;
		const from = Math.max(0, after - first);
		const errors = this.errors.slice(from, from + most);
		return { errors, last: first + Math.min(from, this.errors.length) + errors.length };
	}
}
