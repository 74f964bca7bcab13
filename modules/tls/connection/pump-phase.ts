// The states of a pump. Numbers, for a text that a preloaded module compares with is copied each time.

/** Before `start()`. */
export const waiting = 0;
/** From there on, until the handshake is over. */
export const handshaking = 1;
export const established = 2;
/** Closed or ended, while bytes wait to be sent. */
export const closing = 3;
/** TCP is closed. */
export const closed = 4;

export type Phase = typeof waiting | typeof handshaking | typeof established | typeof closing | typeof closed;
