import type { Bytes } from "../../io";
import type NativeContext from "../config/native-context";
import { checkConstructed } from "../config/result";
import TLSError, { makeAlert, tlsErrorCodes } from "../error";

/** Fields of `xstls_failure` by number, as xs_xstls_session_failure counts them. */
const failureField = Object.freeze({ code: 0, alert: 1, alertReceived: 2, libraryCode: 3, verifyFlags: 4 } as const);

const NO_ALERT = 255;

/**
 * One TLS session without a socket: ciphertext in and out, plaintext in and out (engine/session/tls-session.h).
 * XS looks names up in order, so the methods that each record needs come first. After `free()` every call but `free()`
 * throws.
 */
export default class Session extends Native("xs_xstls_session_destructor") {
	/** Referenced so that it lives as long as the session: C reads from it in place. */
	context: NativeContext;

	/**
	 * @param role 0 server, 1 client
	 * @param servername client only: the name to send as SNI, and that the server's certificate must be for
	 */
	constructor(context: NativeContext, role: number, servername?: string) {
		super();
		this.context = context;
		checkConstructed("a TLS session", this.construct(context, role, servername));
	}
	free(): void {
		return native("xs_xstls_session_free").call(this);
	}
	/**
	 * Takes ciphertext from `offset` on; returns the state after that (session-state.ts). It leaves bytes when there is
	 * plaintext to be read first, or when it has ended.
	 */
	feed(ciphertext: Bytes, offset: number): number {
		return native("xs_xstls_session_feed").call(this, ciphertext, offset);
	}
	/** How many bytes the last `feed()` took. */
	get taken(): number {
		return native("xs_xstls_session_taken").call(this);
	}
	/** The transport has ended. Plaintext that was not read before is dropped. */
	feedEnd(): void {
		return native("xs_xstls_session_feed_end").call(this);
	}
	/** See session-state.ts. */
	get state(): number {
		return native("xs_xstls_session_state").call(this);
	}
	/** Bytes of ciphertext that wait to be drained. */
	get pending(): number {
		return native("xs_xstls_session_pending").call(this);
	}
	/** At most `limit` bytes of ciphertext; `undefined` when there are none. */
	drain(limit: number): ArrayBuffer | undefined {
		return native("xs_xstls_session_drain").call(this, limit);
	}
	/** Exactly `count` bytes of plaintext: at least 1, at most as many as `state` says. @throws {RangeError} more */
	read(count: number): ArrayBuffer {
		return native("xs_xstls_session_read").call(this, count);
	}
	/** As `read()`; but it is `known`, of which no copy is made, if that has the same bytes. */
	readLike(count: number, known: ArrayBuffer): ArrayBuffer {
		return native("xs_xstls_session_read_like").call(this, count, known);
	}
	/** Fills as much of `buffer` as there is plaintext; returns how much. */
	readInto(buffer: Bytes): number {
		return native("xs_xstls_session_read_into").call(this, buffer);
	}
	/**
	 * The most plaintext whose ciphertext fits in the transport's `room` bytes behind what waits to be drained; when
	 * nothing waits, in at least `least`.
	 */
	writable(room: number, least: number): number {
		return native("xs_xstls_session_writable").call(this, room, least);
	}
	/** Encrypts all of it; returns its length, or 0 when the session has failed. */
	write(plaintext: Bytes): number {
		return native("xs_xstls_session_write").call(this, plaintext);
	}
	/** Encrypts all of it and drains at most `limit` bytes of ciphertext; `undefined` when the session has failed. */
	send(plaintext: Bytes, limit: number): ArrayBuffer | undefined {
		return native("xs_xstls_session_send").call(this, plaintext, limit);
	}
	/** Queues close_notify. */
	close(): void {
		return native("xs_xstls_session_close").call(this);
	}
	/** Server, before the first byte: `use` or `refuse` will follow the ClientHello. */
	askIdentity(): void {
		return native("xs_xstls_session_ask_identity").call(this);
	}
	/** The first bytes, at most so many, of a list of the ClientHello by number (client-hello.ts), until `use` or `refuse`. */
	hello(field: number, most: number): ArrayBuffer | undefined {
		return native("xs_xstls_session_hello").call(this, field, most);
	}
	/** Bytes of the C heap that the handshake takes from here on at most if it continues with `context`: by the ClientHello's length. */
	handshakeMemory(context: NativeContext): number {
		return native("xs_xstls_session_handshake_memory").call(this, context);
	}
	/** Bytes of it that are taken only by what the client still has to send. */
	get remainingMemory(): number {
		return native("xs_xstls_session_remaining_memory").call(this);
	}
	/** Bytes of the ClientHello that it holds. */
	get helloLength(): number {
		return native("xs_xstls_session_hello_length").call(this);
	}
	/** Continues with this configuration; `false` when the session does not wait for one. */
	use(context: NativeContext): boolean {
		this.context = context;
		return this.useNow(context);
	}
	private useNow(context: NativeContext): boolean {
		return native("xs_xstls_session_use").call(this, context);
	}
	private construct(context: NativeContext, role: number, servername?: string): number {
		return native("xs_xstls_session_constructor").call(this, context, role, servername);
	}
	/** Ends the session with the alert unrecognized_name, or handshake_failure where the client has named none. */
	refuse(): void {
		return native("xs_xstls_session_refuse").call(this);
	}
	/** Continues without input: a client makes its ClientHello. */
	step(): void {
		return native("xs_xstls_session_step").call(this);
	}
	/** Client, before `step()`: offers a session that was kept; `false` when it cannot be used (row Z7). */
	restore(kept: Bytes): boolean {
		return native("xs_xstls_session_restore").call(this, kept);
	}
	/** The newest session to keep, once; `undefined` when there is none of at most so many bytes, or it was taken. */
	takeNewSession(most: number): ArrayBuffer | undefined {
		return native("xs_xstls_session_take_new").call(this, most);
	}
	/** net.TLS status (row D1): 0 FAIL, 1 OK, 2 WAIT_READ, 3 WAIT_WRITE; and 4, `use` or `refuse` has to follow. */
	get status(): number {
		return native("xs_xstls_session_status").call(this);
	}
	failure(field: number): number {
		return native("xs_xstls_session_failure").call(this, field);
	}
	/** 0x0303 or 0x0304 once established, 0 before. */
	get version(): number {
		return native("xs_xstls_session_version").call(this);
	}
	/** IANA name of the cipher suite once established. */
	get cipher(): string | undefined {
		return native("xs_xstls_session_cipher").call(this);
	}
	/** The handshake resumed an earlier session. */
	get isResumed(): boolean {
		return native("xs_xstls_session_is_resumed").call(this);
	}
	/** The server_name that the client sent; on a server any bytes. */
	get askedName(): ArrayBuffer | undefined {
		return native("xs_xstls_session_asked_name").call(this);
	}
	/** Server: the identity of the client's pre-shared key; any bytes. */
	get pskIdentity(): ArrayBuffer | undefined {
		return native("xs_xstls_session_psk_identity").call(this);
	}
	/** The PSK identity hint of a TLS 1.2 server (RFC 4279 §2); any bytes. */
	get pskHint(): ArrayBuffer | undefined {
		return native("xs_xstls_session_psk_hint").call(this);
	}
	get alpnProtocol(): string | undefined {
		return native("xs_xstls_session_alpn").call(this);
	}
	/** A certificate of the chain that the peer sent, the leaf is 0: DER, empty when it is longer than `most`; `undefined` when there is none. */
	peerCertificate(index: number, most: number): ArrayBuffer | undefined {
		return native("xs_xstls_session_peer_certificate").call(this, index, most);
	}
	/** Index of `tlsErrorCodes`: `NONE` when the peer's certificate was verified, `CERTIFICATE_REQUIRED` without one. */
	get peerVerdict(): number {
		return native("xs_xstls_session_peer_verdict").call(this);
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
