import type { ListenerConstructor, ListenerIO, Socket } from "../io";
import Application from "./application";
import BusyTurns, { type Turn } from "./connection/busy-turns";
import Connection from "./connection/connection";
import type ConnectionHost from "./connection/connection-host";
import Deadlines, { type Expiring } from "./connection/deadlines";
import Emitter, { type Unsubscribe } from "./connection/events";
import { networkOf } from "./connection/network";
import { asError } from "./connection/rejection";
import HttpError from "./http-error";
import { type Limits, takeLimits } from "./limits";
import type Request from "./request";
import type { Peer } from "./request";
import type Response from "./response";

/** What the listeners of a server's events are given. */
export interface ServerEvents {
	/** Connections are accepted. */
	start: { readonly port: number };
	/** The last connection has ended, after `stop()`. */
	stop: { readonly port: number };
	/** A connection was accepted, and is through its TLS handshake if it has one. */
	connected: { readonly peer: Peer };
	/** A connection has ended, with the error that its socket told, if any. */
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

/** The server's own options; all others that are not limits are handed to the `io` constructor as they are. */
export interface ServerOptions extends Partial<Limits> {
	/**
	 * The listener to accept connections from: TCP's `Listener`, `TLSListener`, or any other of ECMA-419's pattern. It
	 * is not checked by type, since the SDK's typings of `Listener` leave out half of what it does.
	 */
	readonly io: new (
		options: never
	) => object;
	/** TCP port, 0 to 65535; 0 lets the system choose. */
	readonly port: number;
	readonly [option: string]: unknown;
}

/**
 * An HTTP/1.1 server.
 *
 * ```ts
 * const server = new Server({ io: Listener, port: 80 });
 * server.get("/hello/:name", (request, response) => response.send(`Hello, ${request.params.name}`));
 * server.start();
 * ```
 */
export default class Server extends Application implements ConnectionHost {
	readonly limits: Readonly<Limits>;
	/** @internal */
	readonly deadlines = new Deadlines();
	/** @internal */
	hearsBytes = false;
	readonly #io: ListenerConstructor;
	readonly #ioOptions: object;
	readonly #events = new Emitter<ServerEvents>();
	readonly #connections = new Set<Connection>();
	#listener: ListenerIO | undefined;
	#port = 0;
	#stopped: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
	readonly #turns: BusyTurns;
	#waiting = 0;
	#accepted = 0;
	#accepting = false;
	readonly #retry: Expiring = { deadline: undefined, expire: () => this.accept() };
	readonly #abort: Expiring = { deadline: undefined, expire: () => this.destroyAll() };

	/** @throws {RangeError} when a limit is not a whole number of at least 1, or a time is over 2³¹ − 1 ms. */
	constructor(options: ServerOptions) {
		super();
		const { limits, rest } = takeLimits(options);
		const { io, ...ioOptions } = rest as ServerOptions;
		this.limits = limits;
		this.#turns = new BusyTurns(limits);
		this.#io = io as ListenerConstructor;
		this.#ioOptions = ioOptions;
	}

	/** Whether the server is stopping. */
	get stopping(): boolean {
		return this.#stopped !== undefined;
	}

	/** @internal */
	mayKeep(connection: Turn): boolean {
		return !this.stopping && (this.#waiting === 0 || this.#turns.goesOn(connection, this.#waiting));
	}

	/** @internal */
	rested(): void {
		if (this.#waiting > 0) this.accept();
	}

	/** The port that is listened on, or was last. */
	get port(): number {
		return this.#port;
	}

	/** The connections that are open. */
	get peers(): readonly Peer[] {
		return [...this.#connections];
	}

	/** Calls `listener` at each event of that name. What it throws, or rejects with, is an `error` event. */
	on<Name extends keyof ServerEvents>(name: Name, listener: (event: ServerEvents[Name]) => unknown): Unsubscribe {
		if (name === "data" || name === "sent") this.hearsBytes = true;
		return this.#events.on(name, listener);
	}

	/**
	 * Begins to listen and to accept.
	 * @throws {TypeError} when the server is running or still stopping; what the `io` throws when it can't listen.
	 */
	start(): void {
		if (this.#listener !== undefined || this.stopping) throw new TypeError("Server is already running");
		this.#listener = this.listen({ ...this.#ioOptions, onReadable: (count: number) => this.readable(count) });
		this.#port = this.#listener.port;
		this.emit("start", { port: this.#port });
	}

	/**
	 * Frees the port at once, lets requests in progress finish for up to `stopTimeout`, then ends every connection.
	 * @returns a promise that resolves when all of them have ended.
	 */
	stop(): Promise<void> {
		if (this.#stopped !== undefined) return this.#stopped.promise;
		if (this.#listener === undefined) return Promise.resolve();
		this.#listener.close();
		this.#listener = undefined;
		this.#waiting = 0;
		this.deadlines.clear(this.#retry);
		let resolve = () => {};
		const promise = new Promise<void>(done => {
			resolve = done;
		});
		this.#stopped = { promise, resolve };
		this.deadlines.set(this.#abort, this.limits.stopTimeout);
		for (const connection of [...this.#connections]) connection.drain();
		this.checkStopped();
		return promise;
	}

	/** @internal */
	late(request: Request, response: Response): void {
		const error = new HttpError(503, "RESPONSE_TIMEOUT", "Handler did not begin its response in time");
		this.fail(error, request, response);
	}

	/** @internal */
	failed(error: Error, peer: Peer): void {
		this.emit("error", { error, peer });
	}

	/** @internal */
	moved(direction: "data" | "sent", peer: Peer, bytes: number): void {
		if (this.#events.has(direction)) this.emit(direction, { peer, bytes });
	}

	/** @internal */
	closed(connection: Connection, error: Error | undefined): void {
		this.#connections.delete(connection);
		this.#turns.left(connection);
		if (this.#events.has("disconnected")) this.emit("disconnected", { peer: connection, error });
		if (this.#waiting > 0) this.accept();
		this.checkStopped();
	}

	protected override report(error: unknown, request: Request): void {
		this.emit("error", { error, request, peer: request.peer });
	}

	/** Makes the listener. For a subclass that knows more of its `io`. */
	protected listen(options: object): ListenerIO {
		return new this.#io(options);
	}

	/** Tells the listeners of an event. Does not throw. */
	protected emit<Name extends keyof ServerEvents>(name: Name, event: ServerEvents[Name]): void {
		this.#events.emit(name, event, error => {
			// What listeners of errors throw has nobody left to be told to.
			if (name !== "error") this.emit("error", { error: asError(error) });
		});
	}

	private readable(count: number): void {
		this.#waiting = count;
		this.accept();
	}

	private accept(): void {
		if (this.#accepting) return;
		this.#accepting = true;
		while (this.#listener !== undefined && this.#waiting > 0) {
			const isFull = this.#connections.size >= this.limits.maxConnections;
			const purged = isFull ? this.purgeable() : undefined;
			if (isFull && purged === undefined) break;
			const socket = this.#listener.read();
			if (socket === undefined) this.#waiting = 0;
			else {
				this.#waiting--;
				this.take(socket, purged);
			}
		}
		this.#accepting = false;
	}

	/** Lets a connection in, in the place of one of its own address if that has its share, else of `purged`. */
	private take(socket: Socket, purged: Connection | undefined): void {
		try {
			(this.rivalOf(socket) ?? purged)?.destroy();
			const connection = new Connection(this, ++this.#accepted, socket);
			this.#connections.add(connection);
			if (this.#events.has("connected")) this.emit("connected", { peer: connection });
		} catch (error) {
			const { remoteAddress } = socket;
			socket.close();
			this.emit("error", { error, remoteAddress });
		}
	}

	/**
	 * The connection that has been idle for longest, or else has kept us waiting for longest, and long enough; if there
	 * will be one, it is looked for again then.
	 */
	private purgeable(): Connection | undefined {
		const { purgeAfter, busyBodyTimeout } = this.limits;
		const oldest = longest(this.#connections, "idleFor") ?? longest(this.#connections, "awaited");
		if (oldest === undefined) return undefined;
		const { idleFor, awaited = 0 } = oldest;
		const left = idleFor === undefined ? busyBodyTimeout - awaited : purgeAfter - idleFor;
		if (left <= 0) return oldest;
		this.deadlines.set(this.#retry, idleFor === undefined ? Math.max(purgeAfter, left) : left);
		return undefined;
	}

	/**
	 * The longest idle connection of an address that has its share; `undefined` when it has not.
	 * @throws {HttpError} when it has, and none is idle.
	 */
	private rivalOf(socket: Socket): Connection | undefined {
		const { maxPerAddress } = this.limits;
		if (this.#connections.size < maxPerAddress || socket.remoteAddress === undefined) return undefined;
		const network = networkOf(socket.remoteAddress);
		const others = [...this.#connections].filter(({ remoteAddress = "" }) => networkOf(remoteAddress) === network);
		if (others.length < maxPerAddress) return undefined;
		const oldest = longest(others, "idleFor");
		if (oldest?.idleFor === undefined || oldest.idleFor < 0)
			throw new HttpError(429, "ADDRESS_LIMIT", "Address has its share of connections");
		return oldest;
	}

	private destroyAll(): void {
		for (const connection of [...this.#connections]) connection.destroy();
	}

	/** Whether no connection is left that `stop()` waits for. */
	protected get isEmpty(): boolean {
		return this.#connections.size === 0;
	}

	/** Tells that the server has stopped, if it has. */
	protected checkStopped(): void {
		const stopped = this.#stopped;
		if (stopped === undefined || !this.isEmpty) return;
		this.#stopped = undefined;
		this.deadlines.clear(this.#abort);
		this.deadlines.rest();
		this.emit("stop", { port: this.#port });
		stopped.resolve();
	}
}

/** The connection that leads by its `idleFor` or `awaited`; `undefined` where none has it. */
function longest(connections: Iterable<Connection>, time: "idleFor" | "awaited"): Connection | undefined {
	let oldest: Connection | undefined;
	const never = Number.NEGATIVE_INFINITY;
	for (const connection of connections)
		if ((connection[time] ?? never) > (oldest?.[time] ?? never)) oldest = connection;
	return oldest;
}
