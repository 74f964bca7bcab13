import { checkPort, type Port } from "text/port";
import type { GivenListener, ListenerConstructor, ListenerIO } from "../io";
import Application from "./application";
import Deadlines, { type Deadline } from "./async/deadlines";
import Emitter, { type Unsubscribe } from "./async/events";
import OneByOne from "./async/one-by-one";
import { asError } from "./async/promises";
import Connection from "./connection/connection";
import type ConnectionServer from "./connection/connection-server";
import type { AcceptedConnection } from "./connection/connection-server";
import Handlers from "./connection/handlers";
import type HttpError from "./http-error";
import type { Limits } from "./limits";
import type Budget from "./memory/budget";
import type { GiveBack } from "./memory/waiters";
import type { Peer } from "./peer";
import type Request from "./request";
import type Response from "./response";
import Acceptor from "./server/acceptor";
import Admission from "./server/admission";
import { checkIO, isSecure } from "./server/check-io";
import { makeBudget } from "./server/make-budget";
import type { ServerEvents, ServerMemory } from "./server/server-events";
import { takeLimits } from "./server/take-limits";
import traceError from "./server/trace-error";
import TrustedProxies, { type TrustedProxiesOptions } from "./server/trusted-proxies";
import type { Handshakes, Watcher } from "./server/watcher";

export type { ServerEvents, ServerMemory };

/** The server's own options; all others that are not limits are handed to the `io` constructor as they are. */
export interface ServerOptions extends Partial<Limits> {
	/**
	 * The listener to accept connections from: TCP's `Listener`, `TLSListener`, or any other of ECMA-419's pattern.
	 */
	readonly io: GivenListener;
	/** TCP port, 0 to 65535; 0 lets the system choose. */
	readonly port: Port;
	/** Proxies in front, whose word is taken for a request's `address`, `scheme` and `host`. Default: none. */
	readonly trustedProxies?: TrustedProxiesOptions;
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
export default class Server extends Application implements ConnectionServer {
	readonly limits: Readonly<Limits>;
	/** @internal */
	readonly budget: Budget;
	/** @internal */
	readonly deadlines: Deadlines = new Deadlines();
	/** @internal */
	readonly endings: OneByOne = new OneByOne();
	/** @internal */
	readonly handlers: Handlers;
	/** @internal */
	readonly proxies: TrustedProxies | undefined;
	/** @internal */
	countsBytes = false;
	readonly #io: ListenerConstructor;
	readonly #ioOptions: object;
	readonly #events = new Emitter<ServerEvents>();
	readonly #acceptor: Acceptor;
	readonly #admission: Admission;
	#port = 0;
	#stopped: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
	#accepted = 0;
	#watcher: Watcher | undefined;
	readonly #abort: Deadline = { deadline: undefined, expire: () => this.destroyAll() };

	/**
	 * @throws {TypeError} when `io` is missing, or an option is not known to an `io` with `optionNames`.
	 * @throws {RangeError} when a limit is not a whole number of at least 1, a time is over 2³¹ − 1 ms, or `port` is not a port.
	 */
	constructor(options: ServerOptions) {
		super();
		const { limits, rest } = takeLimits(options);
		const { io, port, budget, trustedProxies, ...ioOptions } = rest as ServerOptions & { budget?: Budget };
		this.limits = limits;
		this.handlers = new Handlers(limits, this.deadlines, this);
		this.proxies = trustedProxies && new TrustedProxies(trustedProxies);
		this.#acceptor = this.makeAcceptor();
		this.#io = checkIO(io, ioOptions);
		this.budget = budget ?? makeBudget(limits, this.deadlines);
		this.budget.addPlaces(limits.maxConnections, this.#acceptor.pool, isSecure(this.#io));
		this.#admission = new Admission(this, isSecure(this.#io));
		this.#ioOptions = port === undefined ? ioOptions : { ...ioOptions, port: checkPort("port", port) };
	}

	private makeAcceptor(): Acceptor {
		const { limits, deadlines, handlers } = this;
		return new Acceptor({
			limits,
			deadlines,
			handlers,
			mayBegin: pending => this.#admission.mayBegin(pending),
			connect: socket => new Connection(this, ++this.#accepted, socket),
			connected: peer => {
				this.watcher?.connected(peer);
				if (this.#events.has("connected")) this.emit("connected", { peer });
			},
			refused: (error, remoteAddress) => this.emit("error", { error, remoteAddress })
		});
	}

	/** Has each make room in XS for connections of the other: `memory` is the same. */
	protected shareRoom(other: Server): void {
		this.#acceptor.beside = other.#acceptor;
		other.#acceptor.beside = this.#acceptor;
	}

	/** Whether the server is stopping. */
	get stopping(): boolean {
		return this.#stopped !== undefined;
	}

	/** @internal */
	mayKeep(connection: AcceptedConnection): boolean {
		return this.#stopped === undefined && (!this.#acceptor.isTight || this.#acceptor.mayKeep(connection));
	}

	/** @internal */
	onIdle(): void {
		if (this.#acceptor.waiting > 0) this.#acceptor.onIdle();
	}

	/** @internal Whether XS has room for another connection. */
	get hasRoom(): boolean {
		return this.#admission.hasRoom;
	}

	/** @internal XS has no room for any. */
	full(error: HttpError): void {
		this.emit("error", { error });
	}

	/** @internal Who is told of what happens, before listeners of events are; that these are none is still traced. */
	get watcher(): Watcher | undefined {
		return this.#watcher;
	}

	set watcher(watcher: Watcher | undefined) {
		this.#watcher = watcher;
	}

	/** @internal TLS handshakes; `undefined` where the listener makes none. */
	get handshakes(): Handshakes | undefined {
		return undefined;
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

	/**
	 * Takes bytes of `memory` for what the application does beside requests, so that both fit into the heap.
	 * @returns what gives them back; `undefined` when there has been no room within `memoryTimeout`.
	 */
	hold(bytes: number): Promise<GiveBack | undefined> {
		return new Promise(resolve => this.budget.hold(bytes, resolve));
	}

	/** The connections that are open. */
	get peers(): readonly Peer[] {
		return this.#acceptor.pool.all;
	}

	/** Calls `listener` at each event of that name. What it throws, or rejects with, is an `error` event. */
	on<Name extends keyof ServerEvents>(name: Name, listener: (event: ServerEvents[Name]) => unknown): Unsubscribe {
		if (name === "data" || name === "sent") this.countsBytes = true;
		return this.#events.on(name, listener);
	}

	/**
	 * Begins to listen and to accept.
	 * @throws {TypeError} when the server is running or still stopping; what the `io` throws when it can't listen.
	 * @throws {HttpError} `MEMORY`: XS has no room for one connection. When it has none later, that is an `error` event, and clients wait in TCP.
	 */
	start(): void {
		const acceptor = this.#acceptor;
		if (acceptor.listener !== undefined || this.stopping) throw new TypeError("Server is already running");
		const listener = this.listen({ ...this.#ioOptions, onReadable: (count: number) => acceptor.readable(count) });
		this.budget.begin();
		this.#admission.begin(listener);
		acceptor.begin(listener);
		this.#port = listener.port;
		this.emit("start", { port: this.#port });
	}

	/**
	 * Frees the port at once, lets requests in progress finish for up to `stopTimeout`, then ends every connection.
	 * @returns a promise that resolves when all of them have ended.
	 */
	stop(): Promise<void> {
		if (this.#stopped !== undefined) return this.#stopped.promise;
		if (this.#acceptor.listener === undefined) return Promise.resolve();
		this.#acceptor.end();
		let resolve = () => {};
		const promise = new Promise<void>(done => {
			resolve = done;
		});
		this.#stopped = { promise, resolve };
		this.deadlines.set(this.#abort, this.limits.stopTimeout);
		for (const connection of this.#acceptor.pool.all) connection.stop();
		this.checkStopped();
		return promise;
	}

	/** @internal */
	onTimeout(error: HttpError, request: Request, response: Response): void {
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
		this.#acceptor.closed(connection);
		this.watcher?.disconnected(connection);
		if (this.#events.has("disconnected"))
			this.endings.run(() => this.emit("disconnected", { peer: connection, error }));
		this.#acceptor.onIdle();
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
		if (name === "error") {
			this.watcher?.failed(event as ServerEvents["error"]);
			if (!this.#events.has(name)) traceError(event as ServerEvents["error"]);
		}
		this.#events.emit(name, event, error => {
			// What a listener of `error` throws is dropped: it would be called again.
			if (name !== "error") this.emit("error", { error: asError(error) });
		});
	}

	private destroyAll(): void {
		for (const connection of this.#acceptor.pool.all) connection.destroy();
	}

	/** Whether no connection is left that `stop()` waits for. */
	protected get isEmpty(): boolean {
		return this.#acceptor.pool.size === 0;
	}

	/** If the server is stopping, and the last connection has closed, it has stopped. */
	protected checkStopped(): void {
		const stopped = this.#stopped;
		if (stopped === undefined || !this.isEmpty) return;
		this.#stopped = undefined;
		this.handlers.endAll();
		this.deadlines.clear(this.#abort);
		this.deadlines.stopIfEmpty();
		this.emit("stop", { port: this.#port });
		stopped.resolve();
	}
}
