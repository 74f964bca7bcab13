import type { Peer } from "../peer";

/** Who counts what happens. None of the methods may throw. */
export interface Watcher {
	connected(peer: Peer): void;
	disconnected(peer: Peer): void;
	/** What the event `error` says, also of what is no connection yet. */
	failed(what: { readonly error: unknown; readonly peer?: Peer; readonly remoteAddress?: string | undefined }): void;
}

/** TLS handshakes that have led to a connection. */
export interface Handshakes {
	readonly done: number;
	/** Of them, those that resumed an earlier session. */
	readonly resumed: number;
}
