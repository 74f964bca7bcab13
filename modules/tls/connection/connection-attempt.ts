import { parseIPAddress } from "text/ip-address";
import { checkPort, type Port } from "text/port";
import Timer from "timer";
import type { Bytes, Socket } from "../../io";
import { checkBytes, checkInteger, checkServername } from "../config/arguments";
import { role } from "../config/native-context";
import TLSContext, { type TLSContextOptions } from "../context";
import TLSError from "../error";
import { limits } from "../limits";
import type Pump from "./pump";
import { ClientPump } from "./pump";
import Session from "./session";
import type { WireOptions } from "./wire";

/**
 * A class of TCP sockets. Its options are address or host, port, callbacks, and whatever it needs beside them. Its instances
 * are `object`, not `Socket`, because the SDK's type of TCP has a `read` that never returns `undefined`.
 */
// biome-ignore lint/suspicious/noExplicitAny: there is no type for that
type TCPConstructor = new (options: any) => object;

/** A TCP client class (ECMA-419 §12.4) with the options that it needs beside address, port and callbacks. */
export interface TCPOptions {
	io: TCPConstructor;
	[option: string]: unknown;
}

/** A resolver as the SDK's clients take it: `{ io: Resolver, servers, socket: { io: UDP } }`. */
export interface DNSOptions {
	io: new (options: DNSOptions) => Resolver;
	[option: string]: unknown;
}

interface Resolver {
	resolve(request: {
		host: string;
		onResolved(host: string, address: string): void;
		onError(error?: unknown): void;
	}): void;
	/** Called once it has resolved or failed, or the attempt has ended. */
	close?(): void;
}

/** Options of a client. */
export interface ConnectOptions {
	/** Name or IP address of the server. */
	host?: string;
	/** IP address of the server, when it is known already; `host` then only names it. */
	address?: string;
	/** TCP port, 1 to 65535. */
	port: Port;
	TCP: TCPOptions;
	/** The resolver for `host`. Default: the TCP class resolves it. An IP address is not resolved. */
	dns?: DNSOptions;
	/** A context, which others may share, or the options of one: trust, and the client's own certificate. */
	secure: TLSContext | TLSContextOptions;
	/**
	 * The name that is sent as SNI and that the server's certificate must be for, at most 255 bytes. Default `host`, else
	 * `address`.
	 */
	servername?: string;
	/**
	 * A session of `onSession` to resume; `null` is the same as none. One that cannot be used (damaged, expired, of another
	 * server name, trust or identity) is ignored: the handshake is a full one then.
	 */
	session?: Bytes | null | undefined;
	/** Milliseconds from the call to the end of the handshake, 1 to 600,000. Default `limits.handshakeTimeout`. */
	handshakeTimeout?: number;
}

export interface ConnectionAttemptEvents {
	/** The handshake is over. `onReadable` and `onWritable` follow, to the events that the pump has by then. */
	onEstablished(pump: Pump): void;
	onFailed(error: TLSError): void;
}

const toServername = (secure: TLSContext | TLSContextOptions | undefined): string | undefined => {
	return secure instanceof TLSContext ? undefined : secure?.serverName;
};

/** A client's attempt to connect: from the name over its address and TCP to the end of the handshake. */
export default class ConnectionAttempt {
	readonly #options: ConnectOptions;
	readonly #port: number;
	readonly #context: TLSContext;
	readonly #servername: string;
	/** The session to resume. */
	readonly #kept: Bytes | undefined;
	events: ConnectionAttemptEvents;
	readonly #deadline: Timer;
	#pump: Pump | undefined;
	#resolver: Resolver | undefined;
	#isConnected = false;
	/** It has ended, in a connection or not. */
	isOver = false;

	/**
	 * @throws {TypeError} an option is missing
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 */
	constructor(options: ConnectOptions, events: ConnectionAttemptEvents) {
		const { host, address, port, secure, TCP, handshakeTimeout, session } = options;
		const { servername = toServername(secure) ?? host ?? address } = options;
		// These two as the SDK's TCP, by which every SDK client expects to be told.
		if ((host ?? address) === undefined) throw new Error("A TLS client needs host or address");
		if (port === undefined) throw new Error("A TLS client needs a port");
		if (TCP?.io === undefined) throw new TypeError("A TLS client needs TCP: { io: a TCP class }");
		if (secure === undefined) throw new TypeError("A TLS client needs secure: a TLSContext or its options");
		this.#port = checkPort("port", port, 1);
		const timeout = checkInteger("handshakeTimeout", handshakeTimeout ?? limits.handshakeTimeout, 1, 600_000);
		this.#options = options;
		this.events = events;
		this.#servername = checkServername(servername as string);
		this.#kept = session == null ? undefined : checkBytes("session", session);
		this.#context = secure instanceof TLSContext ? secure : new TLSContext(secure);
		this.#deadline = Timer.set(() => this.fail(new TLSError("TIMEOUT")), timeout);
		try {
			this.resolve();
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Ends the attempt; no events follow. Further calls do nothing. */
	close(): void {
		if (this.isOver) return;
		this.finish();
		this.#pump?.abort();
	}

	private finish(): void {
		this.isOver = true;
		Timer.clear(this.#deadline);
		this.closeResolver();
	}

	private fail(error: TLSError): void {
		if (this.isOver) return;
		this.close();
		this.events.onFailed(error);
	}

	/** The pump has ended; it may still be sending an alert. */
	private onEnded(error: TLSError | undefined): void {
		if (this.isOver) return;
		this.finish();
		this.events.onFailed(this.#isConnected ? (error ?? new TLSError("TRUNCATED")) : this.connectError());
	}

	private resolve(): void {
		const { host = "", address, dns } = this.#options;
		if (address !== undefined) this.connect({ address });
		else if (parseIPAddress(host) !== undefined) this.connect({ address: host });
		else if (dns === undefined) this.connectByName(host);
		else this.lookUp(host, dns);
	}

	/** Where TCP looks names up itself; the SDK's does not, and throws. */
	private connectByName(host: string): void {
		try {
			this.connect({ host });
		} catch (error) {
			throw new Error(`TCP cannot connect to ${host}: give dns, or its address (${String(error)})`);
		}
	}

	private lookUp(host: string, dns: DNSOptions): void {
		this.#resolver = new dns.io(dns);
		this.#resolver.resolve({
			host,
			onResolved: (_, found) => {
				this.closeResolver();
				this.connectLater(found);
			},
			onError: () => this.fail(new TLSError("CONNECT_FAILED", { attempt: `Looking up ${host}` }))
		});
	}

	/** Not at once: the resolver may be the caller. */
	private closeResolver(): void {
		const resolver = this.#resolver;
		this.#resolver = undefined;
		if (resolver !== undefined) Promise.resolve().then(() => resolver.close?.());
	}

	private connectLater(address: string): void {
		if (this.isOver) return;
		try {
			this.connect({ address });
		} catch {
			this.fail(this.connectError());
		}
	}

	private connectError(): TLSError {
		const { host, address } = this.#options;
		return new TLSError("CONNECT_FAILED", { attempt: `Connecting to ${host ?? address} port ${this.#port}` });
	}

	private connect(target: { address: string } | { host: string }): void {
		const { io: TCP, ...more } = this.#options.TCP;
		const port = this.#port;
		const connect = (wireOptions: WireOptions) => new TCP({ ...more, ...target, port, ...wireOptions }) as Socket;
		this.#pump = new ClientPump(connect, {
			onConnected: () => this.start(),
			onEstablished: () => this.establish(),
			onReadable() {},
			onWritable() {},
			onEnd: error => this.onEnded(error)
		});
	}

	private start(): void {
		this.#isConnected = true;
		const session = this.makeSession();
		if (session === undefined) this.fail(new TLSError("MEMORY"));
		else this.#pump?.start(session);
	}

	private makeSession(): Session | undefined {
		const kept = this.#kept;
		try {
			const session = new Session(this.#context.native, role.client, this.#servername);
			if (kept !== undefined) session.restore(kept);
			return session;
		} catch {
			return undefined;
		}
	}

	private establish(): void {
		this.finish();
		this.events.onEstablished(this.#pump as Pump);
	}
}
