import { hasAny } from "text/ascii";
import { replaceEvery } from "text/replace";

/** An event of a stream, as `EventSource` gets it. */
export interface ServerEvent {
	/** What `event.data` is; may have several lines, may be empty. */
	readonly data: string;
	/** The event's name; default `"message"`. One line. */
	readonly event?: string;
	/** What the client sends as `Last-Event-ID` when it connects again. One line without NUL; `""` forgets the last. */
	readonly id?: string;
	/** Milliseconds that the client waits before it connects again. */
	readonly retry?: number;
}

/**
 * An event as it is sent (HTML Living Standard §9.2.5).
 * @throws {TypeError} when `data` is no text, or `event` or `id` has a line end or a NUL. @throws {RangeError} when
 * `retry` is not a whole number of at least 0.
 */
export const encodeEvent = (event: ServerEvent): string => {
	let text = "";
	if (event.event !== undefined) text += `event: ${oneLine("event", event.event)}\n`;
	if (event.id !== undefined) text += `id: ${oneLine("id", event.id)}\n`;
	if (event.retry !== undefined) text += retryLine(event.retry);
	return `${text}${lines("data: ", event.data)}\n`;
};

/** A line with the milliseconds that a client waits before it connects again. Throws as `encodeEvent` does. */
export const encodeRetry = (milliseconds: number): string => {
	return `${retryLine(milliseconds)}\n`;
};

/** Lines that clients skip. */
export const encodeComment = (text: string): string => {
	return `${lines(": ", text)}\n`;
};

const retryLine = (milliseconds: number): string => {
	if (!Number.isSafeInteger(milliseconds) || milliseconds < 0)
		throw new RangeError("Event retry must be a whole number of milliseconds");
	return `retry: ${milliseconds}\n`;
};

const lines = (prefix: string, text: string): string => {
	if (typeof text !== "string") throw new TypeError("Event data is not text: use JSON.stringify()");
	// What an application tells others is often what a client has sent.
	const unix = replaceEvery(replaceEvery(text, "\r\n", "\n"), "\r", "\n");
	return `${prefix}${replaceEvery(unix, "\n", `\n${prefix}`)}\n`;
};

const oneLine = (name: string, value: string): string => {
	if (hasAny(value, "\r\n\0")) throw new TypeError(`Event ${name} has a line end or a NUL`);
	return value;
};
