import type Channel from "../channel";
import type { LongText } from "../content/long-text";
import type { Peer } from "../peer";

/** Told of the end of a response: how many bytes of content were sent, and whether that was all of it. */
export type DoneCallback = (sent: number, isComplete: boolean) => unknown;

/** What a response is sent through. */
export default interface Exchange {
	/** Whether the request was a HEAD. */
	readonly isHead: boolean;
	/** Whether the request was HTTP/1.0, which knows no chunks. */
	readonly isHTTP10: boolean;
	/** Whether the client has left. */
	readonly gone: boolean;
	readonly peer: Peer;
	/**
	 * `coalesce` if all is as usual: the request is a GET of a client that is there, and nobody waits for the end. Then `answer()` is
	 * all there is to do with a response that has a short text. Else 0.
	 */
	mostAtOnce(): number;
	/** Sends all of such a response, and finishes; `false` where the connection may not be kept: then `answerLast()` is to do so. */
	answer(bytes: ArrayBuffer): boolean;
	answerLast(bytes: ArrayBuffer): void;
	/** Most bytes of content that are copied behind their head to leave in one write. */
	readonly coalesce: number;
	/**
	 * Whether the connection may be kept after this response, if the response shows where it ends.
	 * @param isLast whether the response is whole, so that no more content is read.
	 */
	mayKeep(isLast: boolean): boolean;
	/** The connection ends behind the response. */
	endConnection(): void;
	/** @param isKept whether the bytes are held by the application anyway: then they are not charged. */
	write(bytes: ArrayBuffer | Uint8Array | LongText, isKept?: boolean): void;
	/** @throws {HttpError} 503 when there is no memory now for content to wait until the client takes it. */
	checkRoom(bytes: ArrayBuffer | Uint8Array | LongText): void;
	/** Takes memory for a response that goes on, until it is complete. @throws {HttpError} 503 when there is none now. */
	hold(bytes: number): void;
	/** Resolves when there is room to write more, or the client has left. */
	ready(): Promise<void>;
	/**
	 * The response is complete, and the connection closes if `keep` is false.
	 * @param sent how many bytes of content, or a text of as many.
	 */
	finish(keep: boolean, sent: number | string): void;
	/** A handler has returned a promise, and goes on until `endHandler()`. */
	beginHandler(): void;
	endHandler(): void;
	/** The handler has been told that the client has left. */
	handled(): void;
	/** Has `callback` called once, when the response is complete or the client has left. */
	whenDone(callback: DoneCallback): void;
	/** The response can't be completed: the connection is cut off, so that the client sees it. */
	abort(): void;
	/** The connection beneath. */
	readonly channel: Channel;
	/** Throws unless the request asks for that protocol, and is at its end. */
	checkUpgrade(protocol: string): void;
	/** Gives the connection to the channel's user, for good. */
	upgrade(): void;
}
