// The number that `Session.feed()` and `Session.state` return (tls-session-xs.c): flags, and the bytes that can be read
// above them.

/** The handshake is over. */
export const isEstablished: number = 1 << 0;
/** The ClientHello is complete: `use` or `refuse` has to follow, at once or later (rows B4, Z4). */
export const isSelecting: number = 1 << 1;
/** The peer has sent close_notify. */
export const peerEnded: number = 1 << 2;
/** `Session.error` says why. */
export const hasFailed: number = 1 << 3;
/** Ciphertext waits to be drained. */
export const hasOutput: number = 1 << 4;
/** Of `feed()` only: it took some of the bytes. */
export const tookSome: number = 1 << 5;
/** Of `feed()` only: it took all bytes. */
export const tookAll: number = 1 << 6;
/** Bits below the count of bytes of plaintext that can be read. */
export const readableShift = 7;
