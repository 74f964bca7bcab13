import Listener from "embedded:io/socket/listener";
import { checkPort, type Port } from "text/port";
import TLSContext, { type TLSContextOptions } from "tls/context";
import TLSListener, { type TLSListenerOptions } from "tls/listener";
import type { ListenerIO } from "../io";
import type { RoutedHead } from "./application";
import type { Unsubscribe } from "./async/events";
import type HttpError from "./http-error";
import { defaultLimits, type Limits, longLivedOf, placesOfBothPorts } from "./limits";
import type { Peer } from "./peer";
import type Request from "./request";
import type Response from "./response";
import SecureRedirect, { type RedirectOptions } from "./routing/secure-redirect";
import Server, { type ServerEvents, type ServerOptions } from "./server";
import type { TrustedProxiesOptions } from "./server/trusted-proxies";
import type { Handshakes, Watcher } from "./server/watcher";
import { type TransportSecurity, transportSecurity } from "./values/transport-security";

/** How a request over plain TCP is answered: with a redirect to HTTPS, or like any other. */
export type PlainMode = "redirect" | "serve";

/** Options of the server, of its TLS listener, and any of the limits. */
export interface HTTPSServerOptions extends Partial<Limits>, Omit<TLSListenerOptions, "onReadable" | "onError"> {
	/**
	 * Port of a second listener, over plain TCP; 0 lets the system choose. Default: there is none. On a device both share the
	 * platform's places; a `maxConnections` that is given, and `maxPerAddress`, count for each port.
	 */
	plainPort?: Port;
	/** What is done with requests that come over plain TCP. Default `"redirect"`. */
	plain?: PlainMode;
	/**
	 * Where and how clients are redirected, and for which paths they are not. Filters see all requests before, up to one that
	 * wants credentials: it is left out, for they would come unprotected, and so are those behind it, which may count on them.
	 */
	redirect?: RedirectOptions;
	/** Proxies in front, whose word is taken for a request's `address`, `scheme` and `host`, on both ports. Default: none. */
	trustedProxies?: TrustedProxiesOptions;
	/** Adds `Strict-Transport-Security` to what is served over TLS. Default: not. */
	hsts?: TransportSecurity;
}

/** What this server speaks. A client of HTTP/1.0 that says so offers nothing else (curl does). */
const ALPNProtocols = Object.freeze(["http/1.1", "http/1.0"]);

const toContext = (secure: TLSContext | TLSContextOptions): TLSContext => {
	if (secure instanceof TLSContext) return secure;
	return new TLSContext(secure?.applicationLayerProtocolNegotiation ? secure : { ALPNProtocols, ...secure });
};

/** Before it listens. */
const none: Handshakes = Object.freeze({ done: 0, resumed: 0 });

/** What the caller of a listener gets from it, and of a server by its events. */
const eventNames = Object.freeze({ onReadable: "connected", onError: "error" });

const checkOptions = (options: HTTPSServerOptions): HTTPSServerOptions => {
	if (options?.secure === undefined) throw new TypeError("HTTPSServer needs secure: cert and key, or a TLSContext");
	for (const [name, event] of Object.entries(eventNames))
		if (Object.hasOwn(options, name)) throw new TypeError(`HTTPSServer has no option ${name}: use on("${event}")`);
	const { plain, redirect } = options;
	if (plain !== undefined && plain !== "redirect" && plain !== "serve")
		throw new TypeError("Option plain is neither redirect nor serve");
	if (plain === "serve" && redirect !== undefined) throw new TypeError("Option redirect has no use with plain: serve");
	return options;
};

/** Of the places that both ports have, those of the plain one: to be redirected takes a moment. At least one on each port. */
const plainPlaces = (plain: PlainMode = "redirect"): number => {
	return Math.max(1, placesOfBothPorts >> (plain === "serve" ? 1 : 2));
};

const plainLimits = (plain: PlainMode | undefined, maxLongLived: number | undefined): Partial<Limits> => {
	const maxConnections = plainPlaces(plain);
	return { maxConnections, maxLongLived: maxLongLived ?? longLivedOf(maxConnections) };
};

/** Options of the port of TLS: unless they say how many connections there may be, it has what the plain one leaves. */
const withPlaces = <T extends { readonly maxConnections?: number }>(options: T, plain: PlainMode | undefined): T => {
	if (options.maxConnections !== undefined) return options;
	const left = Math.max(1, placesOfBothPorts - plainPlaces(plain));
	return { ...options, maxConnections: Math.min(left, defaultLimits.maxConnections) };
};

interface PlainOwner extends Pick<Server, "dispatch" | "onTimeout"> {
	findWatcher(): Watcher | undefined;
}

/** The server of the plain port. Requests and response timeouts go to its owner. */
class PlainServer extends Server {
	readonly #owner: PlainOwner;

	constructor(options: ServerOptions, owner: PlainOwner) {
		super(options);
		this.#owner = owner;
	}

	override get watcher(): Watcher | undefined {
		return this.#owner.findWatcher();
	}

	override dispatch(request: Request, response: Response, head: RoutedHead): void {
		this.#owner.dispatch(request, response, head);
	}

	override onTimeout(error: HttpError, request: Request, response: Response): void {
		this.#owner.onTimeout(error, request, response);
	}
}

/**
 * An HTTP/1.1 server over TLS (row B2); with `plainPort` also one that redirects clients to it.
 *
 * ```ts
 * const server = new HTTPSServer({ secure: { cert, key }, plainPort: 80 });
 * server.get("/hello/:name", (request, response) => response.send(`Hello, ${request.params.name}`));
 * server.start();
 * ```
 *
 * `connected` comes when the handshake is over, `error` also when it failed.
 */
export default class HTTPSServer extends Server {
	readonly #plain: Server | undefined;
	readonly #hsts: string | undefined;
	readonly #io: TLSListenerOptions["io"];
	#context: TLSContext;
	#tls: TLSListener | undefined;

	/**
	 * Port 443 unless `port` says otherwise; ALPN `http/1.1` and `http/1.0` when `secure` is options that don't name any.
	 * @throws {TypeError} without `secure`, and for an option that does not exist
	 * @throws {RangeError} a limit, a port or `hsts.maxAge` out of range
	 * @throws {TLSError} what TLSContext throws
	 */
	constructor(options: HTTPSServerOptions) {
		const { port = 443, plainPort, plain, redirect, hsts, secure, io, ...others } = checkOptions(options);
		const rest = plainPort === undefined ? others : withPlaces(others, plain);
		super({ io: TLSListener, ...rest, port });
		this.#context = toContext(secure);
		this.#hsts = hsts && transportSecurity(hsts);
		this.#io = io;
		if (plainPort === undefined) return;
		const { address, trustedProxies } = rest;
		const plainOptions = {
			...this.limits,
			...(others.maxConnections === undefined ? plainLimits(plain, others.maxLongLived) : {}),
			...(address === undefined ? {} : { address }),
			...(trustedProxies === undefined ? {} : { trustedProxies }),
			io: io ?? Listener,
			port: checkPort("plainPort", plainPort),
			budget: this.budget
		};
		this.#plain = new PlainServer(plainOptions as ServerOptions, {
			dispatch: plain === "serve" ? this.dispatch.bind(this) : this.redirecting(new SecureRedirect(redirect)),
			onTimeout: (error, request, response) => this.onTimeout(error, request, response),
			findWatcher: () => this.watcher
		});
		this.shareRoom(this.#plain);
		this.#plain.on("stop", () => this.checkStopped());
	}

	/** What new connections are served with. Setting it leaves live ones as they are (rows E3, Z4). */
	get context(): TLSContext {
		return this.#context;
	}

	set context(context: TLSContext) {
		if (this.#tls !== undefined) this.#tls.context = context;
		this.#context = context;
	}

	/** @internal */
	override get handshakes(): Handshakes {
		return this.#tls?.handshakes ?? none;
	}

	/** The plain port that is listened on, or was last; `undefined` when there is none. */
	get plainPort(): number | undefined {
		return this.#plain?.port;
	}

	/** The connections that are open, over TLS and plain. */
	override get peers(): readonly Peer[] {
		return [...super.peers, ...(this.#plain?.peers ?? [])];
	}

	/** Calls `listener` at each event of that name, of both ports; `start` and `stop` come once. */
	override on<Name extends keyof ServerEvents>(name: Name, listener: (event: ServerEvents[Name]) => void): Unsubscribe {
		const undo = super.on(name, listener);
		const undoPlain = name === "start" || name === "stop" ? undefined : this.#plain?.on(name, listener);
		return () => {
			undo();
			undoPlain?.();
		};
	}

	/** Begins to listen, on both ports or on none. Throws as `Server.start` does. */
	override start(): void {
		super.start();
		try {
			this.#plain?.start();
		} catch (error) {
			super.stop();
			throw error;
		}
	}

	override async stop(): Promise<void> {
		// The plain port first: from then on `isEmpty` waits for its connections.
		const plain = this.#plain?.stop();
		await Promise.all([super.stop(), plain]);
	}

	protected override get isEmpty(): boolean {
		return super.isEmpty && !this.#plain?.stopping;
	}

	/** @internal */
	override dispatch(request: Request, response: Response, head: RoutedHead): void {
		if (this.#hsts !== undefined && request.scheme === "https")
			response.headers.set("strict-transport-security", this.#hsts);
		super.dispatch(request, response, head);
	}

	/** What answers requests of the plain port. */
	private redirecting(redirect: SecureRedirect): (request: Request, response: Response) => void {
		const last = (request: Request, response: Response) => redirect.answer(request, response, this.port);
		return (request, response) => {
			try {
				if (request.scheme === "https" || redirect.exempts(request)) this.dispatch(request, response, request);
				else {
					request.isRedirected = true;
					this.dispatchTo(last, request, response);
				}
			} catch (error) {
				this.fail(error, request, response);
			}
		};
	}

	protected override listen(options: object): ListenerIO {
		this.#tls = new TLSListener({
			...options,
			...(this.#io === undefined ? {} : { io: this.#io }),
			secure: this.#context,
			onError: (error, remoteAddress) => this.emit("error", { error, remoteAddress })
		});
		return this.#tls;
	}
}
