import { checkOptionNames, type OptionNames } from "text/option-names";
import EventStream, { type EventStreamListener } from "../event-stream";
import type Request from "../request";
import type Response from "../response";

/** Callbacks of a path's event streams, and how they begin. */
export interface EventsOptions extends EventStreamListener {
	/** Milliseconds that clients wait before they connect again. Default: theirs, some seconds. */
	retry?: number;
}

const optionNames: OptionNames<EventsOptions> = Object.freeze({ close: true, writable: true, retry: true });

/** Called when a client has opened a stream: events may be sent at once or any time later. An error cuts the stream off. */
export type EventsHandler = (stream: EventStream, request: Request) => unknown;

/** Makes the handler of a path that serves event streams. */
export const serveEvents = (
	handler: EventsHandler,
	options: EventsOptions
): ((request: Request, response: Response) => unknown) => {
	checkOptionNames("events", options, optionNames);
	return (request, response) => {
		response.type("text/event-stream");
		if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
		if (request.method === "HEAD") {
			// Chunks, as for a GET: `end()` alone would send a length of 0.
			response.write("");
			return undefined;
		}
		const stream = new EventStream(response, options, request.headers.get("last-event-id") ?? "");
		stream.start(options.retry);
		return handler(stream, request);
	};
};
