import type { Bytes, Socket } from "../io";
import type TLSCertStore from "./cert-store";
import type { CertificateData, VerifyStatus } from "./cert-store";
import { checkBytes, checkServername, checkWhole } from "./connection/check";
import Pump from "./connection/pump";
import SendQueue from "./connection/send-queue";
import Session from "./connection/session";
import { isEstablished } from "./connection/session-state";
import { role, type default as TLSContext } from "./context";
import { TLSDetails } from "./details";
import type TLSError from "./error";
import type PeerCertificate from "./x509/peer-certificate";

/**
 * The interface net.TLS (rows D1–D9): a secure session over a TCP socket that is connected already. I/O never blocks.
 *
 * `connect` verifies as the context says; with `rejectUnauthorized: false` in the context it does not, and the caller
 * uses `verifyCertificate` and `verifyHostname` before anything is sent.
 */
export default class TLS {
	/** The session failed, was closed, or has not begun. */
	static readonly FAIL = 0;
	/** The handshake is over, and all that was sent is with TCP. */
	static readonly OK = 1;
	/** Bytes from the peer are waited for. */
	static readonly WAIT_READ = 2;
	/** Bytes wait for room in the socket: call `sendBuffer()` when it has some. */
	static readonly WAIT_WRITE = 3;

	/** A send met a full socket. Called once, until all that waits has been sent. */
	sendWait: ((data: unknown) => void) | undefined;
	/** The status may have changed: the handshake went on or is over, or the session has ended. */
	onStatus: ((status: number) => void) | undefined;
	/** `count` bytes can be received. */
	onReadable: ((count: number) => void) | undefined;
	/** The socket has room again: time for `sendBuffer()`. */
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
	 * Begins a handshake as the server. The socket is taken over: `getSocket()` is what is left of it.
	 * @returns the status
	 */
	accept(socket: Socket): number {
		return this.start(socket, role.server);
	}

	/**
	 * Begins a handshake as the client.
	 * @param servername asked for (SNI), and looked for in the server's certificate; without it no name is compared
	 * @returns the status
	 * @throws {RangeError} a name over 255 bytes
	 */
	connect(socket: Socket, servername?: string): number {
		return this.start(socket, role.client, servername === undefined ? undefined : checkServername(servername));
	}

	private start(socket: Socket, as: number, servername?: string): number {
		if (this.#pump !== undefined) throw new TypeError("The session has a socket already");
		if (typeof socket?.read !== "function" || typeof socket.write !== "function")
			throw new TypeError("A TLS session needs a TCP socket that is connected");
		const session = new Session(this.#context.native, as, servername);
		const pump = new Pump(socket, {
			established: () => {
				this.#details = new TLSDetails(session);
				this.onStatus?.(this.getStatus());
			},
			readable: count => this.onReadable?.(count),
			writable: count => this.onWritable?.(count),
			ended: error => this.end(error)
		});
		this.#pump = pump;
		pump.isClient = as === role.client;
		pump.start(session);
		return this.getStatus();
	}

	private end(error: TLSError | undefined): void {
		this.#error = error;
		this.onStatus?.(TLS.FAIL);
	}

	/** Why the session has ended; `undefined` while it has not, and when it was closed in order. */
	get error(): TLSError | undefined {
		return this.#error;
	}

	/** The TCP socket, to look at; `undefined` before `accept` or `connect`. */
	getSocket(): Socket | undefined {
		return this.#pump?.tcp;
	}

	/** The peer's certificate in PEM; `undefined` when it sent none. */
	getPeerCertificate(): string | undefined {
		return this.#details?.peerCertificate?.pem;
	}

	/** The certificates that the peer sent, its own first, in PEM. */
	getPeerCertChain(): string[] {
		const chain: string[] = [];
		let at: PeerCertificate | undefined = this.#details?.peerCertificate;
		for (; at !== undefined; at = at.issuerCertificate) chain.push(at.pem);
		return chain;
	}

	/** Verifies a certificate against the roots in `store`; the host name is `verifyHostname`'s matter. */
	verifyCertificate(
		store: TLSCertStore,
		certificate: CertificateData,
		chain: readonly CertificateData[]
	): VerifyStatus {
		return store.verify(certificate, chain);
	}

	/**
	 * I/O does not block anyway; this names what `sendWait` is called with.
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
	 * Sends bytes, or keeps a copy of what the socket has no room for; then `sendWait` tells.
	 * @returns how many bytes were taken: all, or 0 when the session has ended
	 * @throws {TypeError} not an ArrayBuffer or a view of one
	 */
	send(bytes: Bytes): number {
		checkBytes("What is sent", bytes);
		if (this.#pump?.isOpen !== true) return 0;
		const had = this.#unsent.byteLength;
		this.#unsent.put(bytes);
		this.sendBuffer();
		if (had === 0 && this.#unsent.byteLength > 0) this.sendWait?.(this.#sendWaitData);
		return bytes.byteLength;
	}

	/**
	 * Sends what waits, as far as the socket has room.
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

	/** Bytes that wait for room in the socket. */
	getBufferUnsent(): number {
		return this.#unsent.byteLength;
	}

	/**
	 * @param count at most that many; default all there is
	 * @returns what has come, `undefined` when there is nothing
	 * @throws {RangeError} a count that is no whole number from 0 on
	 */
	recv(count = Number.MAX_SAFE_INTEGER): ArrayBuffer | undefined {
		checkWhole("The count to receive", count, 0, Number.MAX_SAFE_INTEGER);
		const readable = this.#pump?.readable ?? 0;
		return readable > 0 && count > 0 ? this.#pump?.read(Math.min(count, readable)) : undefined;
	}

	/**
	 * Closes after what the socket still takes. close_notify is sent only if that is all, so a peer that missed something
	 * knows it. Further calls do nothing.
	 * @returns how many bytes of those that were sent are lost: call `sendBuffer()` until none waits, to lose none
	 */
	close(): number {
		this.sendBuffer();
		const lost = this.#unsent.clear();
		this.#pump?.close(lost === 0);
		return lost;
	}
}
