import type { ChannelServer } from "../channel";
import type Headers from "../headers";
import type HttpError from "../http-error";
import type Budget from "../memory/budget";
import type { RequestHead } from "../message/kept-head";
import type { Peer } from "../peer";
import type Request from "../request";
import type Response from "../response";
import type { ForwardedMember } from "../values/forwarded";

/** Finds out who asks, where a proxy is in between. */
export interface ClientFinder {
	/** What is known of the client behind a connection from `address`; `undefined` when that is no trusted proxy. */
	read(address: string | undefined, headers: Headers): ForwardedMember | undefined;
}

/** A connection as its server knows it. */
export interface AcceptedConnection extends Peer {
	/** When it was accepted, in ticks. */
	readonly since: number;
}

/** What a connection needs of its server. None of the methods throws. */
export default interface ConnectionServer extends ChannelServer {
	/** Proxies whose word is taken for who asks; `undefined` when there are none. */
	readonly proxies: ClientFinder | undefined;
	/** What all connections may hold. */
	readonly budget: Budget;
	/** Whether a connection may be kept after its response. One that may not is expected to close. */
	mayKeep(connection: AcceptedConnection): boolean;
	/** Answers a request, now or later. @param head what it is routed by, which says what the request does. */
	dispatch(request: Request, response: Response, head: Pick<RequestHead, "method" | "path">): void;
	/** A response was not begun in time. */
	onTimeout(error: HttpError, request: Request, response: Response): void;
	/** Whether `transferred()` is listened to, which each request would call twice. */
	readonly countsBytes: boolean;
	/** Bytes were read (`"data"`) or taken by the socket (`"sent"`). */
	transferred(direction: "data" | "sent", peer: Peer, bytes: number): void;
	/** The connection waits for a request, or lingers, from now on: it may be closed for a new one. */
	onIdle(): void;
	/** The connection has closed and holds nothing more. */
	closed(connection: AcceptedConnection, error: Error | undefined): void;
}
