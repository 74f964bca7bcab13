import type Channel from "./channel";

/** What a response is sent through: its request's connection. */
export default interface Exchange {
	/** Whether the request was a HEAD. */
	readonly isHead: boolean;
	/** Whether the request was HTTP/1.0, which knows no chunks. */
	readonly isOld: boolean;
	/** Whether the client has left. */
	readonly gone: boolean;
	/** Most bytes of content that are copied behind their head to leave in one write. */
	readonly coalesce: number;
	/** Whether the connection may serve another request after this response, given that its end is told. */
	keeps(): boolean;
	write(bytes: ArrayBuffer | Uint8Array): void;
	/** Resolves when there is room to write more, or the client has left. */
	ready(): Promise<void>;
	/** The response is complete; the connection closes if `keep` is false. */
	finish(keep: boolean): void;
	/** The response can't be completed: the connection is cut off, so that the client sees it. */
	abort(): void;
	/** The connection beneath. */
	readonly channel: Channel;
	/** Throws unless the request asks for that protocol, and is at its end. */
	checkUpgrade(protocol: string): void;
	/** Gives the connection to whoever uses the channel, for good. */
	upgrade(): void;
}
