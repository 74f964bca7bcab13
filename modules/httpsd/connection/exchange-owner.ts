import type Channel from "../channel";
import type ConnectionServer from "./connection-server";
import type { AcceptedConnection } from "./connection-server";
import type { ContentOwner } from "./request-content";

/** What an exchange needs of its connection. */
export default interface ExchangeOwner extends ContentOwner, AcceptedConnection {
	readonly server: ConnectionServer;
	/** The connection is no longer HTTP's: the channel takes the place of the exchange. */
	upgrade(channel: Channel): void;
	/** Sends all of a response to a request that has been taken, and finishes; `false` where the connection may not be kept. */
	answer(bytes: ArrayBuffer): boolean;
	readonly limits: ConnectionServer["limits"];
}
