import type { Bytes, GivenSocket, Socket } from "../io";
import type TLSCertStore from "./cert-store";
import type { CertificateData, VerifyStatus } from "./cert-store";
import { checkBytes, checkInteger, checkServername } from "./config/arguments";
import { role } from "./config/native-context";
import Pump, { ClientPump } from "./connection/pump";
import SendQueue from "./connection/send-queue";
import Session from "./connection/session";
import { isEstablished } from "./connection/session-state";
import type TLSContext from "./context";
import { TLSDetails } from "./details";
import type TLSError from "./error";
import { limits } from "./limits";
import type PeerCertificate from "./peer-certificate";

/**
 * The interface net.TLS (rows D1–D9): a secure session over a TCP socket that is connected already. I/O never blocks.
 *
 * `connect` verifies the server as the context says. If that has `rejectUnauthorized: false`, the caller has to use
 * `verifyCertificate` and `verifyHostname` before it sends anything.
 */
export default class TLS {
	/** The session failed, was closed, or has not begun. */
	static readonly FAIL = 0;
	/** The handshake is over, and TCP has all that was sent. */
	static readonly OK = 1;
	/** The session waits for bytes of the peer. */
	static readonly WAIT_READ = 2;
	/** Bytes wait for room in the socket: call `sendBuffer()` on `onWritable`. */
	static readonly WAIT_WRITE = 3;

	/** The socket had no room for all of a `send()`. Not called again until everything has been sent. */
	sendWait: ((data: unknown) => void) | undefined;
	/** The status has changed: the handshake is over, or the session has ended. */
	onStatus: ((status: number) => void) | undefined;
	/** `recv()` can return `count` bytes. */
	onReadable: ((count: number) => void) | undefined;
	/** The socket has room: call `sendBuffer()`. */
	onWritable: ((count: number) => void) | undefined;
	readonly #context: TLSContext;
	#pump: Pump | undefined;
	#details: TLSDetails | undefined;
	#error: TLSError | undefined;
	#sendWaitData: unknown;
	readonly #unsent = new SendQueue();

	constructor(context: TLSContext) {
		this.#context = context;
	}

	/**
	 * Begins a handshake as the server. The connection of `socket` is taken over: `getSocket()` returns what has it then.
	 * @returns the status
	 */
	accept(socket: GivenSocket): number {
		return this.start(socket, role.server);
	}

	/**
	 * Begins a handshake as the client.
	 * @param servername sent as SNI, and the server's certificate must be for it; without it no name is compared
	 * @returns the status
	 * @throws {RangeError} a name over 255 bytes
	 */
	connect(socket: GivenSocket, servername?: string): number {
		return this.start(socket, role.client, servername === undefined ? undefined : checkServername(servername));
	}

	private start(socket: GivenSocket, as: number, servername?: string): number {
		if (this.#pump !== undefined) throw new TypeError("The session has a socket already");
		if (typeof socket?.read !== "function" || typeof socket.write !== "function")
			throw new TypeError("A TLS session needs a TCP socket that is connected");
		const session = new Session(this.#context.native, as, servername);
		const pump = new (as === role.client ? ClientPump : Pump)(socket as Socket, {
			onEstablished: () => {
				this.#details = new TLSDetails(session);
				this.onStatus?.(this.getStatus());
			},
			onReadable: count => this.onReadable?.(count),
			onWritable: count => this.onWritable?.(count),
			onEnd: error => this.end(error)
		});
		this.#pump = pump;
		pump.start(session);
		return this.getStatus();
	}

	private end(error: TLSError | undefined): void {
		this.#error = error;
		this.onStatus?.(TLS.FAIL);
	}

	/** Why the session has ended; `undefined` while it has not, and after an orderly close. */
	get error(): TLSError | undefined {
		return this.#error;
	}

	/** The TCP socket, not to be read or written; `undefined` before `accept` or `connect`. */
	getSocket(): Socket | undefined {
		return this.#pump?.tcp;
	}

	/** The peer's certificate in PEM; `undefined` when it sent none. */
	getPeerCertificate(): string | undefined {
		return this.#details?.peerCertificate?.pem;
	}

	/** The certificates that the peer sent, leaf first, in PEM: all of them at once, up to 1.4 times `maxPeerChain`, for which XS is not asked. */
	getPeerCertChain(): string[] {
		const chain: string[] = [];
		let at: PeerCertificate | undefined = this.#details?.peerCertificate;
		for (; at !== undefined; at = at.issuerCertificate) chain.push(at.pem);
		return chain;
	}

	/** Verifies a certificate against the roots in `store`. The host name is not compared: `verifyHostname` does that. */
	verifyCertificate(
		store: TLSCertStore,
		certificate: CertificateData,
		chain: readonly CertificateData[]
	): VerifyStatus {
		return store.verify(certificate, chain);
	}

	/**
	 * Sets what `sendWait` is called with. I/O never blocks, with or without this call.
	 * @returns `true`
	 */
	setNonBlocking(sendWaitData?: unknown): boolean {
		this.#sendWaitData = sendWaitData;
		return true;
	}

	/** One of the constants. */
	getStatus(): number {
		const session = this.#pump?.session;
		if (session === undefined || this.#pump?.isOpen !== true) return TLS.FAIL;
		if (this.#unsent.byteLength > 0 && (session.state & isEstablished) !== 0) return TLS.WAIT_WRITE;
		return session.status;
	}

	/**
	 * Sends bytes. What the socket has no room for is queued as a copy, and `sendWait` is called.
	 * @returns how many bytes were sent or queued: all, or 0 when the session has ended
	 * @throws {TypeError} not an ArrayBuffer or a view of one
	 */
	send(bytes: Bytes): number {
		checkBytes("What is sent", bytes);
		if (this.#pump?.isOpen !== true) return 0;
		const had = this.#unsent.byteLength;
		this.#unsent.push(bytes);
		this.sendBuffer();
		if (had === 0 && this.#unsent.byteLength > 0) this.sendWait?.(this.#sendWaitData);
		return bytes.byteLength;
	}

	/**
	 * Sends what is queued, as far as the socket has room.
	 * @returns how many bytes were sent
	 */
	sendBuffer(): number {
		const pump = this.#pump;
		const before = this.#unsent.byteLength;
		while (this.#unsent.byteLength > 0 && pump !== undefined && pump.writable > 0) {
			pump.write(this.#unsent.take(pump.writable));
		}
		return before - this.#unsent.byteLength;
	}

	/** Bytes that are queued for room in the socket. */
	getBufferUnsent(): number {
		return this.#unsent.byteLength;
	}

	/**
	 * @param count at most that many; default what `onReadable` told of
	 * @returns the bytes; `undefined` when there are none
	 * @throws {RangeError} a count that is no whole number from 0 on
	 */
	recv(count: number = limits.tellSize): ArrayBuffer | undefined {
		checkInteger("The count to receive", count, 0, Number.MAX_SAFE_INTEGER);
		const readable = this.#pump?.readable ?? 0;
		return readable > 0 && count > 0 ? this.#pump?.read(Math.min(count, readable)) : undefined;
	}

	/**
	 * Sends what the socket has room for, and closes. close_notify is sent only after all bytes, so a peer that misses some
	 * knows it. Further calls do nothing.
	 * @returns how many queued bytes are lost; to lose none, call `sendBuffer()` until `getBufferUnsent()` is 0
	 */
	close(): number {
		this.sendBuffer();
		const lost = this.#unsent.clear();
		this.#pump?.close(lost === 0);
		return lost;
	}
}
