/** What the socket says of its TLS session; the TLS module defines what is in it. */
export type TLSDetails = object;

/** The client's end of a connection, the same object for all of its requests. */
export interface Peer {
	/** Number of the connection, counted by the server from 1. */
	readonly id: number;
	readonly remoteAddress: string | undefined;
	readonly remotePort: number | undefined;
	/** TLS details; `undefined` over plain TCP. */
	readonly tls: TLSDetails | undefined;
	/** Requests that have come whole. */
	readonly requests: number;
	/** What it does: `idle`, `head` while one comes, method and path of the request that is answered, `stream` behind an upgrade, `closing`. */
	readonly activity: string;
	/** Anything that the application keeps with the connection. */
	context: unknown;
	/** Ends the connection now, whatever is in progress. */
	destroy(): void;
}
