// The states of a connection. Numbers, for a text that a preloaded module compares with is copied each time.

/** Between requests. */
export const idle = 0;
/** Part of a head has come, or all of it and it waits for memory. */
export const reading = 1;
/** A request is being answered, or the connection was upgraded. */
export const answering = 2;
/** The response is complete, the rest of the content is discarded. */
export const discarding = 3;
/** The last response is being sent. */
export const flushing = 4;
/** It has been sent, input is discarded as long as it comes. */
export const lingering = 5;
export const closed = 6;

export type Phase =
	| typeof idle
	| typeof reading
	| typeof answering
	| typeof discarding
	| typeof flushing
	| typeof lingering
	| typeof closed;
