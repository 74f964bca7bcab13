import { encodeText } from "text/utf8";
import { asError, catchRejection, isThenable } from "./async/promises";
import { requireContent } from "./content/source";
import { type EventsHandler, type EventsOptions, serveEvents } from "./event-streams/source";
import type { FileStore } from "./file-stores";
import { type FilesOptions, serveFiles } from "./files";
import HttpError from "./http-error";
import { knownMethods } from "./limits";
import { errorText } from "./message/response-head";
import type Request from "./request";
import type Response from "./response";
import { decodePrefix, decodeSegments } from "./routing/path";
import { type RouteOptions, withOptions } from "./routing/route-options";
import TreeRouter, { type Router } from "./routing/router";
import WebSocketEndpoint, { type WebSocketOptions } from "./websocket/endpoint";

/** Answers a request, at once or any time later. What it throws, or rejects with, is answered as an error. */
export type Handler = (request: Request, response: Response) => unknown;

/**
 * Looks at a request before its route does. With `true` (or a promise of it) it takes the request over; it also does
 * when it has begun the response.
 */
export type Filter = (request: Request, response: Response) => unknown;

/** Makes the content of an error response; status and `Allow` have been set. */
export type ErrorHandler = (request: Request, response: Response, error: HttpError) => unknown;

/** Takes away what was registered. */
export type Unregister = () => void;

/** Fields of a content that an error response must not inherit from a handler that failed half way. */
const contentFields = Object.freeze([
	"content-type",
	"content-encoding",
	"content-disposition",
	"etag",
	"last-modified"
] as const);

/** Routes, filters and error pages: how a request is answered, whichever connection it came on. */
export default abstract class Application {
	readonly #router: Router<Handler>;
	readonly #errorHandlers = new Map<number, ErrorHandler>();
	#filters: readonly { readonly prefix: string; readonly filter: Filter }[] = [];

	constructor(router: Router<Handler> = new TreeRouter()) {
		this.#router = router;
	}

	/** Answers a request, now or later. Does not throw. */
	dispatch(request: Request, response: Response): void {
		try {
			const result = this.#filters.length === 0 ? this.route(request, response) : this.filter(request, response, 0);
			if (result !== undefined && isThenable(result))
				result.then(undefined, error => this.fail(error, request, response));
		} catch (error) {
			this.fail(error, request, response);
		}
	}

	private route(request: Request, response: Response): unknown {
		const match = this.#router.match(request.method, request.path);
		if (!("value" in match)) return this.unmatched(match, request, response);
		request.params = match.params;
		return match.value(request, response);
	}

	/** Handles GET, and HEAD where no handler of its own stands at the same pattern. See {@link Router} for patterns. */
	get(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("GET", pattern, handler, options);
	}

	head(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("HEAD", pattern, handler, options);
	}

	post(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("POST", pattern, handler, options);
	}

	put(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("PUT", pattern, handler, options);
	}

	patch(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("PATCH", pattern, handler, options);
	}

	delete(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("DELETE", pattern, handler, options);
	}

	/** Handles OPTIONS; without a handler it is answered with 204 and `Allow`. */
	options(pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.handle("OPTIONS", pattern, handler, options);
	}

	/**
	 * Handles any method; `"*"` stands for all that have no handler of their own.
	 *
	 * ```ts
	 * server.put("/firmware", update, { maxBody: 2_000_000 });
	 * ```
	 */
	handle(method: string, pattern: string, handler: Handler, options?: RouteOptions): Unregister {
		return this.#router.add(method, pattern, options === undefined ? handler : withOptions(handler, options));
	}

	/**
	 * Puts a filter before the routes of all paths that are `prefix` or lie below it; `"/"` is every path. Filters run
	 * in the order they were registered.
	 * @param prefix literal segments, as in a pattern.
	 * @throws {TypeError} when it does not begin with a slash, or has a `:name`, a `*`, or a malformed escape.
	 */
	use(prefix: string, filter: Filter): Unregister {
		const path = decodePrefix(prefix);
		const entry = { prefix: path.endsWith("/") ? path.slice(0, -1) : path, filter };
		this.#filters = [...this.#filters, entry];
		return () => {
			this.#filters = this.#filters.filter(each => each !== entry);
		};
	}

	/** Makes the content of responses with that error status, in the place of a line of plain text or of an older handler. */
	onStatus(status: number, handler: ErrorHandler): Unregister {
		const own: ErrorHandler = (request, response, error) => handler(request, response, error);
		this.#errorHandlers.set(status, own);
		return () => {
			if (this.#errorHandlers.get(status) === own) this.#errorHandlers.delete(status);
		};
	}

	/** Serves content that does not change, such as a page, under one path. */
	content(path: string, type: string, content: string | ArrayBuffer): Unregister {
		requireContent(content, "JSON.stringify()");
		const bytes = typeof content === "string" ? encodeText(content) : content;
		return this.get(path, (_, response) => response.type(type).send(bytes, true));
	}

	/** Serves the files of a store under a path such as `"/"` or `"/static/"`. */
	files(path: string, store: FileStore, options?: FilesOptions): Unregister {
		return this.get(`${path.endsWith("/") ? path : `${path}/`}*`, serveFiles(store, options));
	}

	/**
	 * Serves WebSockets under one path (RFC 6455).
	 *
	 * ```ts
	 * const chat = server.websocket("/chat", { message: (socket, data) => chat.broadcast(data) });
	 * ```
	 */
	websocket(path: string, options: WebSocketOptions): WebSocketEndpoint {
		const endpoint = new WebSocketEndpoint(options);
		endpoint.unregister = this.get(path, (request, response) => endpoint.accept(request, response));
		return endpoint;
	}

	/**
	 * Serves event streams under one path, for `EventSource`.
	 *
	 * ```ts
	 * server.events("/time", stream => stream.send({ event: "time", data: String(Date.now()) }));
	 * ```
	 */
	events(path: string, handler: EventsHandler, options: EventsOptions = {}): Unregister {
		return this.get(path, serveEvents(handler, options));
	}

	/** Answers with what went wrong; a response that has begun is cut off. */
	protected fail(error: unknown, request: Request, response: Response): void {
		const thrown = asError(error);
		const known = thrown instanceof HttpError ? thrown : new HttpError(500, "HANDLER", thrown.message);
		if (known.status >= 500) this.report(thrown, request);
		if (response.gone) return;
		if (response.started) response.abort();
		else this.answerError(known, request, response);
	}

	/** Answers with an error status. */
	protected answerError(error: HttpError, request: Request, response: Response): void {
		const failed = (failure: unknown) => {
			this.report(asError(failure), request);
			answerPlainly(error.status, response);
		};
		try {
			response.status(error.status);
			for (const name of contentFields) response.headers.delete(name);
			if (error.status === 503 && (error.code === "MEMORY" || error.code === "PLACES"))
				response.header("retry-after", 1);
			const handler = this.#errorHandlers.get(error.status);
			if (handler === undefined) answerPlainly(error.status, response);
			else catchRejection(handler(request, response, error), failed);
		} catch (failure) {
			failed(failure);
		}
	}

	/** Something went wrong that is the server's fault. */
	protected abstract report(error: unknown, request: Request): void;

	private filter(request: Request, response: Response, from: number): unknown {
		const filters = this.#filters;
		// Decoded, as the router sees it: an escaped letter must not lead around a filter.
		const path = request.path.includes("%") ? decodeSegments(request.path).join("/") : request.path;
		for (let index = from; index < filters.length; index++) {
			const { prefix, filter } = filters[index] as (typeof filters)[number];
			if (path !== prefix && !path.startsWith(`${prefix}/`) && prefix !== "") continue;
			const taken = filter(request, response);
			if (isThenable(taken))
				return taken.then(value => value === true || response.started || this.filter(request, response, index + 1));
			if (taken === true || response.started) return undefined;
		}
		return this.route(request, response);
	}

	private unmatched(methods: readonly string[], request: Request, response: Response): void {
		const { method, path } = request;
		if (!knownMethods.includes(method) || method === "CONNECT")
			throw new HttpError(501, "METHOD", "Request method is not implemented");
		if (methods.length === 0 && path !== "*") throw new HttpError(404, "NOT_FOUND", "No route for the path");
		const allowed = new Set(methods);
		if (allowed.has("GET")) allowed.add("HEAD");
		response.header("allow", [...allowed, "OPTIONS"].filter((name, at, all) => all.indexOf(name) === at).join(", "));
		if (method !== "OPTIONS") throw new HttpError(405, "METHOD", "No route for the method on this path");
		response.status(204).send();
	}
}

function answerPlainly(status: number, response: Response): void {
	if (!response.started) response.status(status).send(errorText(status));
	else if (!response.finished) response.abort();
}
