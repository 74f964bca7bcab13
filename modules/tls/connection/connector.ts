import { parseIPAddress } from "text/ip-address";
import Timer from "timer";
import type { Bytes, Socket } from "../../io";
import TLSContext, { role, type TLSContextOptions } from "../context";
import TLSError from "../error";
import { limits } from "../limits";
import { checkBytes, checkServername, checkWhole } from "./check";
import Pump from "./pump";
import Session from "./session";
import type { WiredOptions } from "./wire";

/**
 * A class of sockets whose options are address or host, port, callbacks, and whatever it needs beside them. That they are
 * sockets cannot be asked for: the SDK's types of TCP say that `read` always gives something.
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
	/** Called once the answer is here, or nobody waits for it any more. */
	close?(): void;
}

/** Where to connect to, and as whom. */
export interface ConnectOptions {
	/** Name or IP address of the server. */
	host?: string;
	/** IP address of the server, when it is known already; `host` then only names it. */
	address?: string;
	/** TCP port, 1 to 65535. */
	port: number;
	TCP: TCPOptions;
	/** Looks `host` up. Default: TCP does, or `host` is an IP address. */
	dns?: DNSOptions;
	/** What to trust and who to be: a context that is shared, or the options of one that is not. */
	secure: TLSContext | TLSContextOptions;
	/**
	 * The name that is asked for (SNI) and that the server's certificate must carry, at most 255 bytes. Default `host`,
	 * else `address`.
	 */
	servername?: string;
	/**
	 * A session that `onSession` gave, for a short handshake. One that cannot be used here (damaged, out of date, of
	 * another server name, trust or identity) is passed over, and the handshake is a full one. `null` is none.
	 */
	session?: Bytes | null | undefined;
	/** Milliseconds from the call to the end of the handshake, 1 to 600,000. Default `limits.handshakeTimeout`. */
	handshakeTimeout?: number;
}

export interface ConnectorEvents {
	/** The handshake is over. What is readable and writable is told next, to the pump's new events. */
	established(pump: Pump): void;
	failed(error: TLSError): void;
}

/** A client's way from a name to an established session. */
export default class Connector {
	readonly #options: ConnectOptions;
	readonly #context: TLSContext;
	readonly #servername: string;
	/** A session of before. */
	readonly #kept: Bytes | undefined;
	readonly #events: ConnectorEvents;
	readonly #deadline: Timer;
	#pump: Pump | undefined;
	#resolver: Resolver | undefined;
	#isConnected = false;
	#isOver = false;

	/**
	 * @throws {TypeError} an option is missing
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} what TLSContext throws
	 */
	constructor(options: ConnectOptions, events: ConnectorEvents) {
		const { host, address, port, servername = host ?? address, secure, TCP, handshakeTimeout, session } = options;
		if (servername === undefined) throw new TypeError("A TLS client needs host or address");
		if (TCP?.io === undefined) throw new TypeError("A TLS client needs TCP: { io: a TCP class }");
		if (secure === undefined) throw new TypeError("A TLS client needs secure: a TLSContext or its options");
		checkWhole("port", port, 1, 65_535);
		const timeout = checkWhole("handshakeTimeout", handshakeTimeout ?? limits.handshakeTimeout, 1, 600_000);
		this.#options = options;
		this.#events = events;
		this.#servername = checkServername(servername);
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

	/** Gives up; nothing is told any more. Further calls do nothing. */
	close(): void {
		if (this.#isOver) return;
		this.finish();
		this.#pump?.abort();
	}

	private finish(): void {
		this.#isOver = true;
		Timer.clear(this.#deadline);
		this.closeResolver();
	}

	private fail(error: TLSError): void {
		if (this.#isOver) return;
		this.close();
		this.#events.failed(error);
	}

	/** The pump has ended; it may still be busy with sending an alert. */
	private onEnded(error: TLSError | undefined): void {
		if (this.#isOver) return;
		this.finish();
		this.#events.failed(this.#isConnected ? (error ?? new TLSError("TRUNCATED")) : this.connectError());
	}

	private resolve(): void {
		const { host = "", address, dns } = this.#options;
		if (address !== undefined) this.connect({ address });
		else if (parseIPAddress(host) !== undefined) this.connect({ address: host });
		else if (dns === undefined) this.connect({ host });
		else this.lookUp(host, dns);
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

	/** Not from within: it may be the resolver that is calling. */
	private closeResolver(): void {
		const resolver = this.#resolver;
		this.#resolver = undefined;
		if (resolver !== undefined) Promise.resolve().then(() => resolver.close?.());
	}

	private connectLater(address: string): void {
		if (this.#isOver) return;
		try {
			this.connect({ address });
		} catch {
			this.fail(this.connectError());
		}
	}

	private connectError(): TLSError {
		const { host, address, port } = this.#options;
		return new TLSError("CONNECT_FAILED", { attempt: `Connecting to ${host ?? address} port ${port}` });
	}

	private connect(target: { address: string } | { host: string }): void {
		const { io: TCP, ...more } = this.#options.TCP;
		const { port } = this.#options;
		const connect = (wired: WiredOptions) => new TCP({ ...more, ...target, port, ...wired }) as Socket;
		this.#pump = new Pump(connect, {
			connected: () => this.start(),
			established: () => this.establish(),
			readable() {},
			writable() {},
			ended: error => this.onEnded(error)
		});
	}

	private start(): void {
		(this.#pump as Pump).isClient = true;
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
		this.#events.established(this.#pump as Pump);
	}
}
