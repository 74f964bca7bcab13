// What the server sends: modules/httpsd/dashboard/snapshot.ts makes it.

/** Number, address, port, TLS version, suite, resumed, requests, bytes held, what it does. */
export type ConnectionRow = [
	number,
	string | null,
	number | null,
	string | null,
	string | null,
	0 | 1,
	number,
	number,
	string
];

export interface Snapshot {
	/** Milliseconds since the server began to count. */
	readonly time: number;
	/** Bytes held, the most that were, the limit; how often there was no room; bytes that no connection holds. */
	readonly memory: readonly [number, number, number, number, number];
	/** C heap: free, largest block, held by TLS. */
	readonly heap: readonly [number | null, number | null, number | null];
	/** XS: in use by slots and by chunks, taken for both. */
	readonly xs: readonly [number, number, number];
	readonly opened: number;
	readonly open: number;
	readonly requests: number;
	/** Done, and of them resumed. */
	readonly handshakes?: readonly [number, number];
	/** Responses by class of their latency. */
	readonly latency: readonly number[];
	readonly failures: readonly (readonly [string, number])[];
	readonly connections: readonly ConnectionRow[];
	/** Second, code, address and alert, parted by tabs. */
	readonly errors: readonly string[];
	/** Number of the last of these. */
	readonly last: number;
}

export interface Description {
	readonly title: string;
	readonly interval: number;
	readonly places: number;
	/** Upper bounds, in ms, of all classes of latency but the last. */
	readonly classes: readonly number[];
	/** Milliseconds since 1970. */
	readonly end?: number;
	readonly fingerprint?: string;
	readonly canRenew?: boolean;
	/** Whether another is being ordered; the code by which the last order has failed. */
	readonly isBusy?: boolean;
	readonly problem?: string;
	/** Where firmware is sent. */
	readonly update?: string;
	readonly version?: string;
}

export type Answer = Snapshot | Description | { readonly busy: true } | { readonly refused: string };
