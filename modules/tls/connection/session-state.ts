// What `Session.feed()` and `Session.state` tell in one number, as tls-session-xs.c counts: flags, and above them the bytes that can be read.

/** The handshake is over. */
export const isEstablished = 1 << 0;
/** The ClientHello is in, and `use` or `refuse` has to follow, at once or any time later (rows B4, Z4). */
export const isSelecting = 1 << 1;
/** The peer has sent close_notify. */
export const peerEnded = 1 << 2;
/** `Session.error` says why. */
export const hasFailed = 1 << 3;
/** Ciphertext waits to be drained. */
export const hasOutput = 1 << 4;
/** Of `feed()` only: it took something of what was offered. */
export const tookSome = 1 << 5;
/** Of `feed()` only: it took all of it. */
export const tookAll = 1 << 6;
/** To be shifted by, for the bytes of plaintext that can be read now. */
export const readableShift = 7;
