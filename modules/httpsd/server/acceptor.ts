import type { ListenerIO, Socket } from "../../io";
import type Deadlines from "../async/deadlines";
import type { Deadline } from "../async/deadlines";
import type { AcceptedConnection } from "../connection/connection-server";
import type { Limits } from "../limits";
import ConnectionPool, { type PooledConnection } from "./connection-pool";
import KeepAliveTurns from "./keep-alive-turns";

/** Whose connections are accepted. */
interface AcceptorOwner {
	readonly limits: Readonly<Limits>;
	readonly deadlines: Deadlines;
	/** Makes a connection of an accepted socket. */
	connect(socket: Socket): PooledConnection;
	/** The connection is in the pool. Does not throw. */
	connected(connection: PooledConnection): void;
	/** A socket could not be made a connection, and is closed. Does not throw. */
	refused(error: unknown, remoteAddress: string | undefined): void;
}

/** Accepts connections as long as there are places, and makes places by closing connections that may be closed. */
export default class Acceptor {
	readonly pool: ConnectionPool;
	readonly #turns: KeepAliveTurns;
	readonly #owner: AcceptorOwner;
	#listener: ListenerIO | undefined;
	/** Connections that the listener has announced and that are not accepted yet. */
	#waiting = 0;
	#isAccepting = false;
	readonly #retry: Deadline = { deadline: undefined, expire: () => this.accept() };

	constructor(owner: AcceptorOwner) {
		this.#owner = owner;
		this.pool = new ConnectionPool(owner.limits);
		this.#turns = new KeepAliveTurns(owner.limits);
	}

	/** Whether a connection may be kept after its response. */
	mayKeep(connection: AcceptedConnection): boolean {
		return this.#waiting === 0 || this.#turns.mayKeep(connection, this.#waiting);
	}

	/** A connection may be closed for a new one from now on, or later. */
	onIdle(): void {
		if (this.#waiting > 0) this.accept();
	}

	get listener(): ListenerIO | undefined {
		return this.#listener;
	}

	/** Accepts connections of this listener, which reports them by `readable()`. */
	begin(listener: ListenerIO): void {
		this.#listener = listener;
	}

	/** Closes the listener. The connections stay. */
	end(): void {
		this.#listener?.close();
		this.#listener = undefined;
		this.#waiting = 0;
		this.#owner.deadlines.clear(this.#retry);
	}

	/** So many connections wait to be accepted. */
	readable(count: number): void {
		this.#waiting = count;
		this.accept();
	}

	/** A connection has closed. */
	closed(connection: AcceptedConnection): void {
		this.pool.delete(connection);
		this.#turns.closed(connection);
	}

	private accept(): void {
		if (this.#isAccepting) return;
		this.#isAccepting = true;
		while (this.#listener !== undefined && this.#waiting > 0) {
			const { isFull } = this.pool;
			const replaced = isFull ? this.findReplaceable() : undefined;
			if (isFull && replaced === undefined) break;
			const socket = this.#listener.read();
			if (socket === undefined) this.#waiting = 0;
			else {
				this.#waiting--;
				this.take(socket, replaced);
			}
		}
		this.#isAccepting = false;
	}

	/** Takes a connection, in the place of one of its own network if that has its share, else of `replaced`. */
	private take(socket: Socket, replaced: PooledConnection | undefined): void {
		try {
			(this.pool.findOfSameNetwork(socket.remoteAddress) ?? replaced)?.destroy();
			const connection = this.#owner.connect(socket);
			this.pool.add(connection);
			this.#owner.connected(connection);
		} catch (error) {
			const { remoteAddress } = socket;
			socket.close();
			this.#owner.refused(error, remoteAddress);
		}
	}

	/** The connection to close for a new one; if there is none yet, `accept()` is called when there will be. */
	private findReplaceable(): PooledConnection | undefined {
		const found = this.pool.findReplaceable();
		if (typeof found !== "number") return found;
		this.#owner.deadlines.set(this.#retry, found);
		return undefined;
	}
}
