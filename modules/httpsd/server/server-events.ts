import type { Peer } from "../peer";
import type Request from "../request";

/** What the listeners of a server's events are given. */
export interface ServerEvents {
	/** Connections are accepted. */
	start: { readonly port: number };
	/** The last connection has ended, after `stop()`. */
	stop: { readonly port: number };
	/** A connection was accepted, and is through its TLS handshake if it has one. */
	connected: { readonly peer: Peer };
	/** A connection has closed, with the error that its socket reported, if any. */
	disconnected: { readonly peer: Peer; readonly error: Error | undefined };
	/** A handler threw, a peer broke the protocol, or a connection (`remoteAddress`) could not be accepted. */
	error: {
		readonly error: unknown;
		readonly peer?: Peer;
		readonly request?: Request;
		readonly remoteAddress?: string | undefined;
	};
	/** Bytes of requests were read. */
	data: { readonly peer: Peer; readonly bytes: number };
	/** Bytes of responses were taken by the socket. */
	sent: { readonly peer: Peer; readonly bytes: number };
}

/** Bytes of the limit `memory`. */
export interface ServerMemory {
	/** All that may be held. */
	readonly limit: number;
	/** Held now. */
	readonly used: number;
	/** The most that were held at once. */
	readonly peak: number;
	/** How often there was no room at once: what needed it has waited, or was refused. */
	readonly refused: number;
}
