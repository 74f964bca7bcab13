import type { Peer } from "../peer";

/** Who counts what happens. None of the methods may throw. */
export default interface Watcher {
	connected(peer: Peer): void;
	disconnected(peer: Peer): void;
	/** What the event `error` says, also of what is no connection yet. */
	failed(what: { readonly error: unknown; readonly peer?: Peer; readonly remoteAddress?: string | undefined }): void;
}
