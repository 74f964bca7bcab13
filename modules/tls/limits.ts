import { tlsLimits } from "platform/limits";

/** Every number of the TLS module: unit, default, and what happens at the bound. */
export const limits = {
	/** Milliseconds from the first byte to the end of the handshake; then the connection is dropped (`TIMEOUT`). */
	handshakeTimeout: 10_000,
	/** Milliseconds that a connection may stay silent before its first byte; then it is dropped (`TIMEOUT`). */
	silenceTimeout: 10_000,
	/** Handshakes at once per listener (row Z3). More wait with unread bytes; they do not fail. */
	maxHandshakes: 4,
	/** Milliseconds without a byte after which a handshake loses its slot (row Z2); it goes on without one. */
	stallTimeout: 100,
	/** Reads that restart this time: an answer of a client takes one to four. A handshake that needs more counts as stalled. */
	handshakeReads: 8,
	/**
	 * Milliseconds that a peer may always take to answer. After them its connection is dropped (`BUSY`) when another needs
	 * its slot or its memory, so that waits no longer than this (row Z2).
	 */
	patience: 2_000,
	/** Bytes that a connection with its ClientHello may hold, while others wait for `handshakeMemory`; with less it waits in the system's accept queue. One whose ClientHello is longer is dropped (`BUSY`) when handshakes have waited for memory for `patience` and none is under way. */
	helloMemory: 2_560 as number,
	/** Entries of each of the ClientHello's lists that `select` is given; those behind them are left off, or a list of thousands would fill XS's heap. */
	helloNames: tlsLimits.helloNames as number,
	/** Bytes of the protocols (ALPN) that `select` is given; those behind them are left off. */
	helloBytes: 512,
	/** Milliseconds between two measurements of memory while a handshake waits for it. */
	memoryRetry: 100,
	/** Accepted connections per listener that `read()` has not taken yet, established or not. More wait in the system's accept queue. */
	maxPending: tlsLimits.maxPending as number,
	/**
	 * Seconds since 1970 (2025-01-01): a clock that shows less has not been set, and with `validity: "defer"` the dates of
	 * certificates are not checked.
	 */
	clockFloor: 1_735_689_600,
	/** Milliseconds that closing waits for room to send what is queued; then TCP is closed without it. */
	closeTimeout: 5_000,
	/** Connections that wait so at once; one more, and TCP of the first is closed without the bytes that wait. As many linger. */
	maxClosing: tlsLimits.maxClosing as number,
	/**
	 * Milliseconds that a client after its last byte, and a server after an alert that tells of a failure, lingers: waits for the peer to
	 * close TCP; then it closes TCP itself.
	 */
	lingerTimeout: 1_000,
	/** Bytes taken from TCP at a time: bounds the ciphertext that a connection holds while nobody reads from it. */
	readSize: tlsLimits.readSize as number,
	/**
	 * Bytes of plaintext that `onReadable` tells of at a time, and that `read()` without a count gives: a record may have 16,384, and whoever
	 * reads has them in XS's heap. The rest is told when these have been read.
	 */
	tellSize: tlsLimits.tellSize as number,
	/**
	 * Bytes of ciphertext that a connection may queue although TCP has no room for them: a record has an overhead of 21 to
	 * 29 bytes, and TCP may never have room for more.
	 */
	leastRoom: 256,
	/** Bytes of plaintext: where there is room for more than these behind a write, what was announced less what was sent is told, and the session not asked. */
	plentyOfRoom: 1_024,
	/** Bytes of ciphertext given to TCP at a time: bounds the buffer that a large flight or response takes. */
	writeSize: tlsLimits.writeSize as number,
	/**
	 * Bytes of the peer's chain that `peerCertificate` copies to XS's heap; further issuers are left out, and a longer
	 * certificate is an error (`MEMORY`). The chain was verified whole.
	 */
	maxPeerChain: tlsLimits.maxPeerChain as number,
	/** Bytes of a session that `onSession` is given: the server's certificate and its ticket are in it, which the server makes as long as it likes. A longer one is not given. */
	maxSession: (tlsLimits.maxPeerChain + 1_024) as number,
	/** Names and other parts of one list in a certificate that are read: the peer chooses how many there are. More: the field is `undefined`. */
	maxParts: tlsLimits.maxParts as number,
	/** Bytes of XS's heap that what is made of the names of one list in a certificate takes at most, in such texts as `subjectaltname`. More: the field is `undefined`. */
	maxNames: tlsLimits.maxNames as number,
	/** Bytes of an object identifier, or of a serial number, that is read. Longer: the field is `undefined`. */
	maxIdentifier: 64,
	/** TLS 1.2 sessions that a context without `resumption` keeps for resumption; then the one used least recently goes. */
	sessionCacheSize: 8,
	/** Bytes that one of them takes, rounded up (`TLS_RESUMPTION_ENTRY`). */
	sessionEntrySize: 208,
	/** Seconds that a session can be resumed for, and that a ticket key is used for; then they are dropped. */
	sessionLifetime: 86_400
} as const;
Object.freeze(limits);
