import type Request from "../request";
import type { Peer } from "../request";
import type Response from "../response";
import type Connection from "./connection";
import type { ExchangeHost } from "./exchange";

/** What a connection needs of its server. */
export default interface ConnectionHost extends ExchangeHost {
	/** Answers a request, now or later. Does not throw. */
	dispatch(request: Request, response: Response): void;
	/** A response was not begun in time. Does not throw. */
	late(request: Request, response: Response): void;
	/** Whether anyone wants to be told by `moved()`, which each request would do twice. */
	readonly hearsBytes: boolean;
	/** Bytes were read (`"data"`) or taken by the socket (`"sent"`). Does not throw. */
	moved(direction: "data" | "sent", peer: Peer, bytes: number): void;
	/** The connection waits for a request, or lingers, from now on. Does not throw. */
	rested(): void;
	/** The connection has ended and holds nothing more. Does not throw. */
	closed(connection: Connection, error: Error | undefined): void;
}
