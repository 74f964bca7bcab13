import { checkPort, type Port } from "text/port";
import type { GivenListener, ListenerConstructor, ListenerIO, Socket } from "../io";
import Application from "./application";
import Deadlines, { type Expiring } from "./async/deadlines";
import Emitter, { type Unsubscribe } from "./async/events";
import OneByOne from "./async/one-by-one";
import { asError } from "./async/promises";
import Connection from "./connection/connection";
import type ConnectionServer from "./connection/connection-server";
import type { AcceptedConnection } from "./connection/connection-server";
import HttpError from "./http-error";
import { fixedCosts, headReserve, type Limits } from "./limits";
import type { Peer } from "./peer";
import type Request from "./request";
import type Response from "./response";
import Budget from "./server/budget";
import { checkIO } from "./server/check-io";
import ConnectionPool, { type PooledConnection } from "./server/connection-pool";
import KeepAliveTurns from "./server/keep-alive-turns";
import { takeLimits } from "./server/take-limits";
import traceError from "./server/trace-error";

/** What the listeners of a server's events are given. */
export interface ServerEvents {
	/** Connections are accepted. */
	start: { readonly port: number };
	/** The last connection has ended, after `stop()`. */
	stop: { readonly port: number };
	/** A connection was accepted, and is through its TLS handshake if it has one. */
	connected: { readonly peer: Peer };
	/** A connection has closed, with the error that its socket reported, if any. */
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

/** Bytes of the limit `memory`. */
export interface ServerMemory {
	/** All that may be held. */
	readonly limit: number;
	/** Held now. */
	readonly used: number;
	/** The most that were held at once. */
	readonly peak: number;
	/** How often there was no room at once: what needed it has waited, or was refused. */
	readonly refused: number;
}

/** The server's own options; all others that are not limits are handed to the `io` constructor as they are. */
export interface ServerOptions extends Partial<Limits> {
	/**
	 * The listener to accept connections from: TCP's `Listener`, `TLSListener`, or any other of ECMA-419's pattern.
	 */
	readonly io: GivenListener;
	/** TCP port, 0 to 65535; 0 lets the system choose. */
	readonly port: Port;
	readonly [option: string]: unknown;
}

function makeBudget(limits: Readonly<Limits>, deadlines: Deadlines): Budget {
	const { memory, maxKeptHead, maxBufferedBody, memoryTimeout } = limits;
	const largest = fixedCosts.content + 2 * (maxKeptHead + maxBufferedBody) + limits.readSize;
	return new Budget(memory, maxKeptHead * headReserve, largest, deadlines, memoryTimeout);
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
export default class Server extends Application implements ConnectionServer {
	readonly limits: Readonly<Limits>;
	/** @internal */
	readonly budget: Budget;
	/** @internal */
	readonly deadlines = new Deadlines();
	/** @internal */
	readonly endings = new OneByOne();
	/** @internal */
	countsBytes = false;
	readonly #io: ListenerConstructor;
	readonly #ioOptions: object;
	readonly #events = new Emitter<ServerEvents>();
	readonly #pool: ConnectionPool;
	#listener: ListenerIO | undefined;
	#port = 0;
	#stopped: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
	readonly #turns: KeepAliveTurns;
	#waiting = 0;
	#accepted = 0;
	#accepting = false;
	readonly #retry: Expiring = { deadline: undefined, expire: () => this.accept() };
	readonly #abort: Expiring = { deadline: undefined, expire: () => this.destroyAll() };

	/**
	 * @throws {TypeError} when `io` is missing, or an option is not known to an `io` with `optionNames`.
	 * @throws {RangeError} when a limit is not a whole number of at least 1, a time is over 2³¹ − 1 ms, or `port` is none.
	 */
	constructor(options: ServerOptions) {
		super();
		const { limits, rest } = takeLimits(options);
		const { io, port, budget, ...ioOptions } = rest as ServerOptions & { budget?: Budget };
		this.limits = limits;
		this.#pool = new ConnectionPool(limits);
		this.budget = budget ?? makeBudget(limits, this.deadlines);
		this.budget.addPlaces(limits.maxConnections, () => this.#pool.relieve());
		this.#turns = new KeepAliveTurns(limits);
		this.#io = checkIO(io, ioOptions);
		this.#ioOptions = port === undefined ? ioOptions : { ...ioOptions, port: checkPort("port", port) };
	}

	/** Whether the server is stopping. */
	get stopping(): boolean {
		return this.#stopped !== undefined;
	}

	/** @internal */
	mayKeep(connection: AcceptedConnection): boolean {
		return !this.stopping && (this.#waiting === 0 || this.#turns.mayKeep(connection, this.#waiting));
	}

	/** @internal */
	idling(): void {
		if (this.#waiting > 0) this.accept();
	}

	/** The port that is listened on, or was last. */
	get port(): number {
		return this.#port;
	}

	/** What of `memory` the connections hold. */
	get memory(): ServerMemory {
		const { limit, used, peak, refused } = this.budget;
		return { limit, used, peak, refused };
	}

	/** The connections that are open. */
	get peers(): readonly Peer[] {
		return this.#pool.all;
	}

	/** Calls `listener` at each event of that name. What it throws, or rejects with, is an `error` event. */
	on<Name extends keyof ServerEvents>(name: Name, listener: (event: ServerEvents[Name]) => unknown): Unsubscribe {
		if (name === "data" || name === "sent") this.countsBytes = true;
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
		for (const connection of this.#pool.all) connection.stop();
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
	transferred(direction: "data" | "sent", peer: Peer, bytes: number): void {
		if (this.#events.has(direction)) this.emit(direction, { peer, bytes });
	}

	/** @internal */
	closed(connection: AcceptedConnection, error: Error | undefined): void {
		this.#pool.delete(connection);
		this.#turns.closed(connection);
		if (this.#events.has("disconnected"))
			this.endings.run(() => this.emit("disconnected", { peer: connection, error }));
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

	/** Calls the listeners of an event. Does not throw. */
	protected emit<Name extends keyof ServerEvents>(name: Name, event: ServerEvents[Name]): void {
		if (name === "error" && !this.#events.has(name)) traceError(event as ServerEvents["error"]);
		this.#events.emit(name, event, error => {
			// What a listener of `error` throws is dropped: it would be called again.
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
			const { isFull } = this.#pool;
			const replaced = isFull ? this.findReplaceable() : undefined;
			if (isFull && replaced === undefined) break;
			const socket = this.#listener.read();
			if (socket === undefined) this.#waiting = 0;
			else {
				this.#waiting--;
				this.take(socket, replaced);
			}
		}
		this.#accepting = false;
	}

	/** Takes a connection, in the place of one of its own network if that has its share, else of `replaced`. */
	private take(socket: Socket, replaced: PooledConnection | undefined): void {
		try {
			(this.#pool.findOfSameNetwork(socket.remoteAddress) ?? replaced)?.destroy();
			const connection = new Connection(this, ++this.#accepted, socket);
			this.#pool.add(connection);
			if (this.#events.has("connected")) this.emit("connected", { peer: connection });
		} catch (error) {
			const { remoteAddress } = socket;
			socket.close();
			this.emit("error", { error, remoteAddress });
		}
	}

	/** The connection whose place a new one may have now; if there will be one later, `accept()` is called then. */
	private findReplaceable(): PooledConnection | undefined {
		const found = this.#pool.findReplaceable();
		if (typeof found !== "number") return found;
		this.deadlines.set(this.#retry, found);
		return undefined;
	}

	private destroyAll(): void {
		for (const connection of this.#pool.all) connection.destroy();
	}

	/** Whether no connection is left that `stop()` waits for. */
	protected get isEmpty(): boolean {
		return this.#pool.size === 0;
	}

	/** If the server is stopping, and the last connection has closed, it has stopped. */
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
