// The number that `Session.feed()` and `Session.state` return (tls-session-xs.c): flags, and the bytes that can be read
// above them.

/** The handshake is over. */
export const isEstablished = 1 << 0;
/** The ClientHello is complete: `use` or `refuse` has to follow, at once or later (rows B4, Z4). */
export const isSelecting = 1 << 1;
/** The peer has sent close_notify. */
export const peerEnded = 1 << 2;
/** `Session.error` says why. */
export const hasFailed = 1 << 3;
/** Ciphertext waits to be drained. */
export const hasOutput = 1 << 4;
/** Of `feed()` only: it took some of the bytes. */
export const tookSome = 1 << 5;
/** Of `feed()` only: it took all bytes. */
export const tookAll = 1 << 6;
/** Bits below the count of bytes of plaintext that can be read. */
export const readableShift = 7;
