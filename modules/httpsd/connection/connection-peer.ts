import Time from "time";
import type { Socket, SocketUser } from "../../io";
import Account from "../memory/account";
import type { Peer, TLSDetails } from "../peer";
import { acceptSocket } from "./accept-socket";
import type ConnectionServer from "./connection-server";

/** A connection as others know it: who its peer is, and what it was accepted with. What happens on it is Connection. */
export default abstract class ConnectionPeer implements Peer {
	abstract readonly server: ConnectionServer;
	// Declared, and set behind the fields of Connection, which are busier: XS looks for those first then.
	declare socket: Socket & { readonly tls?: TLSDetails };
	/** @internal What it holds of the server's `memory`. */
	declare account: Account;
	declare id: number;
	declare remoteAddress: string | undefined;
	declare remotePort: number | undefined;
	declare context: unknown;
	/** @internal */
	declare since: number;

	/** Takes over the connection of `from`, an accepted socket. Throws what the socket's constructor throws. */
	protected acceptFrom(this: this & SocketUser, from: Socket, id: number): void {
		this.id = id;
		this.since = Time.ticks;
		this.remoteAddress = from.remoteAddress;
		this.remotePort = from.remotePort;
		this.socket = acceptSocket(from, this, this.server.limits.coalesce);
		this.account = new Account(this.server.budget);
	}

	abstract readonly requests: number;
	abstract get tls(): TLSDetails | undefined;
	abstract get activity(): string;
	/** @internal Closes it, with the error that the socket reported. */
	abstract close(error: Error | undefined): void;

	get peer(): Peer {
		return this;
	}

	/** @internal */
	sent(bytes: number): void {
		if (this.server.countsBytes) this.server.transferred("sent", this, bytes);
	}

	/** Ends the connection now, whatever is in progress. */
	destroy(): void {
		this.close(undefined);
	}
}
