import type { Bytes } from "../../io";
import TLSError, { makeAlert, tlsErrorCodes } from "../error";
import { checkMade } from "./check-answer";
import type NativeContext from "./native-context";

/** Fields of `tls_failure` by number, as xs_tls_session_failure counts them. */
const failureField = { code: 0, alert: 1, alertReceived: 2, libraryCode: 3, verifyFlags: 4 } as const;

const NO_ALERT = 255;

/**
 * One TLS session without a socket: ciphertext in and out, plaintext in and out (tls-engine.h).
 * Declarations only, but for `error`; what every record takes comes first, for XS looks names up in order. After `free()`
 * every call but `free()` throws.
 */
export default class Session extends Native("xs_tls_session_destructor") {
	/** Kept alive: C may read in place what it holds. */
	context: NativeContext;

	/**
	 * @param role 0 server, 1 client
	 * @param servername client only: the name to ask for and to find in the server's certificate
	 */
	constructor(context: NativeContext, role: number, servername?: string) {
		super();
		this.context = context;
		checkMade("a TLS session", native("xs_tls_session_constructor").call(this, context, role, servername));
	}
	free(): void {
		return native("xs_tls_session_free").call(this);
	}
	/**
	 * Takes ciphertext from `offset` on; returns where the session is then (session-state.ts). It takes less than was
	 * offered when there is plaintext to be read first, or when it has ended.
	 */
	feed(ciphertext: Bytes, offset: number): number {
		return native("xs_tls_session_feed").call(this, ciphertext, offset);
	}
	/** How many bytes the last `feed()` took. */
	get taken(): number {
		return native("xs_tls_session_taken").call(this);
	}
	/** The transport has ended. Read first: what is not read by now is dropped. */
	feedEnd(): void {
		return native("xs_tls_session_feed_end").call(this);
	}
	/** Where the session is: see session-state.ts. */
	get state(): number {
		return native("xs_tls_session_state").call(this);
	}
	/** Bytes of ciphertext that wait to be drained. */
	get pending(): number {
		return native("xs_tls_session_pending").call(this);
	}
	/** At most `limit` bytes of ciphertext; `undefined` when there are none. */
	drain(limit: number): ArrayBuffer | undefined {
		return native("xs_tls_session_drain").call(this, limit);
	}
	/** Exactly `count` bytes, 1 to what `state` tells. @throws {RangeError} more than there is */
	read(count: number): ArrayBuffer {
		return native("xs_tls_session_read").call(this, count);
	}
	/** Fills as much of `buffer` as there is plaintext; returns how much. */
	readInto(buffer: Bytes): number {
		return native("xs_tls_session_read_into").call(this, buffer);
	}
	/**
	 * The most plaintext whose ciphertext fits in the transport's `room` bytes behind what waits to be drained; when
	 * nothing waits, in at least `least`.
	 */
	writable(room: number, least: number): number {
		return native("xs_tls_session_writable").call(this, room, least);
	}
	/** Encrypts all of it; returns its length, or 0 when the session has failed. */
	write(plaintext: Bytes): number {
		return native("xs_tls_session_write").call(this, plaintext);
	}
	/** Encrypts all of it, and takes at most `limit` bytes of what is to be sent then; `undefined` when it has failed. */
	send(plaintext: Bytes, limit: number): ArrayBuffer | undefined {
		return native("xs_tls_session_send").call(this, plaintext, limit);
	}
	/** Queues close_notify. */
	close(): void {
		return native("xs_tls_session_close").call(this);
	}
	/** Server, before the first byte: stop for an identity when the ClientHello is complete. */
	askIdentity(): void {
		return native("xs_tls_session_ask_identity").call(this);
	}
	/** A list of the ClientHello by number (client-hello.ts) while the session waits for an identity. */
	hello(field: number): ArrayBuffer | undefined {
		return native("xs_tls_session_hello").call(this, field);
	}
	/** Goes on with this configuration; `false` when the session does not wait for one. */
	use(context: NativeContext): boolean {
		this.context = context;
		return native("xs_tls_session_use").call(this, context);
	}
	/** Ends the session with the alert unrecognized_name. */
	refuse(): void {
		return native("xs_tls_session_refuse").call(this);
	}
	/** Goes on without input; a client's first step makes its ClientHello. */
	step(): void {
		return native("xs_tls_session_step").call(this);
	}
	/** Client, before `step()`: offers a session that was kept; `false` when it cannot be used (row Z7). */
	restore(kept: Bytes): boolean {
		return native("xs_tls_session_restore").call(this, kept);
	}
	/** The newest session, once; `undefined` when there is none that was not taken. */
	takeNewSession(): ArrayBuffer | undefined {
		return native("xs_tls_session_take_new").call(this);
	}
	/** net.TLS status (row D1): 0 FAIL, 1 OK, 2 WAIT_READ, 3 WAIT_WRITE; and 4, an identity is wanted. */
	get status(): number {
		return native("xs_tls_session_status").call(this);
	}
	failure(field: number): number {
		return native("xs_tls_session_failure").call(this, field);
	}
	/** 0x0303 or 0x0304 once established, 0 before. */
	get version(): number {
		return native("xs_tls_session_version").call(this);
	}
	/** IANA name of the cipher suite once established. */
	get cipher(): string | undefined {
		return native("xs_tls_session_cipher").call(this);
	}
	/** The handshake was short, for it resumed an earlier session. */
	get isResumed(): boolean {
		return native("xs_tls_session_is_resumed").call(this);
	}
	/** The name that the client asks for; on a server any bytes. */
	get askedName(): ArrayBuffer | undefined {
		return native("xs_tls_session_asked_name").call(this);
	}
	/** Server: who the client is by its pre-shared key; any bytes. */
	get pskIdentity(): ArrayBuffer | undefined {
		return native("xs_tls_session_psk_identity").call(this);
	}
	/** What a TLS 1.2 server that wants a pre-shared key has said of it; any bytes. */
	get pskHint(): ArrayBuffer | undefined {
		return native("xs_tls_session_psk_hint").call(this);
	}
	get alpnProtocol(): string | undefined {
		return native("xs_tls_session_alpn").call(this);
	}
	/** The certificates that the peer sent, DER one after the other, leaf first; `undefined` when it sent none. */
	peerChain(): ArrayBuffer | undefined {
		return native("xs_tls_session_peer_chain").call(this);
	}
	/** Index of `tlsErrorCodes`: `NONE` when the peer's certificate was verified, `CERTIFICATE_REQUIRED` without one. */
	get peerVerdict(): number {
		return native("xs_tls_session_peer_verdict").call(this);
	}

	/** Why the session failed; `undefined` while it has not. */
	get error(): TLSError | undefined {
		const code = tlsErrorCodes[this.failure(failureField.code)] ?? "INTERNAL";
		if (code === "NONE") return undefined;
		const alert = this.failure(failureField.alert);
		return new TLSError(code, {
			alert: alert === NO_ALERT ? undefined : makeAlert(alert, this.failure(failureField.alertReceived) !== 0),
			libraryCode: this.failure(failureField.libraryCode),
			verifyFlags: this.failure(failureField.verifyFlags) >>> 0
		});
	}
}
