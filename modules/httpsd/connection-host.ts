import type Connection from "./connection";
import type Deadlines from "./deadlines";
import type { Limits } from "./limits";
import type Request from "./request";
import type { Peer } from "./request";
import type Response from "./response";

/** What a connection needs of its server. */
export default interface ConnectionHost {
	readonly limits: Readonly<Limits>;
	readonly deadlines: Deadlines;
	/** Whether connections are to close after the response in progress. */
	readonly stopping: boolean;
	/** Whether a connection that has begun so many requests may serve another. */
	mayKeep(requests: number): boolean;
	/** Answers a request, now or later. Does not throw. */
	dispatch(request: Request, response: Response): void;
	/** A response was not begun in time. Does not throw. */
	late(request: Request, response: Response): void;
	/** Something went wrong that no handler sees. Does not throw. */
	failed(error: Error, peer: Peer): void;
	/** Bytes were read (`"data"`) or taken by the socket (`"sent"`). Does not throw. */
	moved(direction: "data" | "sent", peer: Peer, bytes: number): void;
	/** The connection has ended and holds nothing more. Does not throw. */
	closed(connection: Connection, error: Error | undefined): void;
}
