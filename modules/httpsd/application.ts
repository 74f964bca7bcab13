import { asError, catchRejection, isThenable } from "./async/promises";
import { type EventsHandler, type EventsOptions, serveEvents } from "./event-streams/source";
import type { FileStore, NameRules } from "./file-stores";
import { type FilesOptions, redirectToFolder, serveFiles } from "./files";
import { serveContent } from "./files/content";
import HttpError from "./http-error";
import { knownMethods } from "./limits";
import { errorText } from "./message/response-head";
import type Request from "./request";
import type Response from "./response";
import Filters, { type Filter } from "./routing/filters";
import { type RouteOptions, withOptions } from "./routing/route-options";
import TreeRouter, { type RouteMatch, type Router } from "./routing/router";
import WebSocketEndpoint, { type WebSocketOptions } from "./websocket/endpoint";

/** Answers a request, at once or any time later. What it throws, or rejects with, is answered as an error. */
export type Handler = (request: Request, response: Response) => unknown;

export type { Filter };

/** Makes the content of an error response; status and `Allow` have been set. */
export type ErrorHandler = (request: Request, response: Response, error: HttpError) => unknown;

/** What a request is routed by. */
export type RoutedHead = Pick<Request, "method" | "path">;

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
	readonly #filters = new Filters();
	readonly #routes: Handler = (request, response) => route(this.#router, request, response, request);

	constructor(router: Router<Handler> = new TreeRouter()) {
		this.#router = router;
	}

	/** Answers a request, now or later. Does not throw. @param head its method and path: to ask the request for them would be two calls more. */
	dispatch(request: Request, response: Response, head: RoutedHead): void {
		try {
			const result = this.#filters.isEmpty
				? route(this.#router, request, response, head)
				: this.#filters.run(request, response, this.#routes);
			if (result !== undefined && isThenable(result)) this.failLater(result, request, response);
		} catch (error) {
			this.fail(error, request, response);
		}
	}

	/** Apart from `dispatch()`, where what a closure takes along would be paid for in each request. */
	private failLater(result: PromiseLike<unknown>, request: Request, response: Response): void {
		response.follow(result, error => this.fail(error, request, response));
	}

	/** Has the filters run and then, in the place of the route, `last`; at once where a filter wants credentials. Does not throw. */
	protected dispatchTo(last: Handler, request: Request, response: Response): void {
		const failed = (error: unknown) => {
			if (!(error instanceof HttpError && error.status === 401) || response.started)
				return this.fail(error, request, response);
			response.headers.delete("www-authenticate");
			try {
				last(request, response);
			} catch (refusal) {
				this.fail(refusal, request, response);
			}
		};
		try {
			const result = this.#filters.run(request, response, last);
			if (isThenable(result)) response.follow(result, failed);
		} catch (error) {
			failed(error);
		}
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
	 * in the order they were registered. Of files, those run too that are for another path of the same file: of a
	 * folder's index, of a variant that is compressed, or of a spelling that the store's `names` takes for the same.
	 * @param prefix literal segments, as in a pattern.
	 * @param options for routes that open files by themselves: how the names in their paths compare.
	 * @throws {TypeError} when it does not begin with a slash, or has a `:name`, a `*`, or a malformed escape.
	 */
	use(prefix: string, filter: Filter, options: { readonly names?: NameRules } = {}): Unregister {
		return this.#filters.add(prefix, filter, options.names);
	}

	/** Makes the content of responses with that error status, in the place of a line of plain text or of an older handler. */
	onStatus(status: number, handler: ErrorHandler): Unregister {
		const own: ErrorHandler = (request, response, error) => handler(request, response, error);
		this.#errorHandlers.set(status, own);
		return () => {
			if (this.#errorHandlers.get(status) === own) this.#errorHandlers.delete(status);
		};
	}

	/** Serves content that does not change, such as a page, under one path: with an entity tag, and in ranges. */
	content(path: string, type: string, content: string | ArrayBuffer): Unregister {
		return this.get(path, serveContent(type, content));
	}

	/**
	 * Serves the files of a store under a path such as `"/"` or `"/static/"`. Without that slash the path leads to it,
	 * unless it has a handler of its own.
	 */
	files(path: string, store: FileStore, options?: FilesOptions): Unregister {
		const folder = path.endsWith("/") ? path : `${path}/`;
		const undo = this.get(`${folder}*`, serveFiles(store, options));
		const undoFolder = folder === "/" ? undefined : this.addFolder(folder.slice(0, -1));
		return () => {
			undo();
			undoFolder?.();
		};
	}

	private addFolder(path: string): Unregister | undefined {
		const match = this.#router.match("GET", path);
		// What has parameters, of a wildcard too, comes behind a handler of the path itself.
		if ("value" in match && Object.keys(match.params).length === 0) return undefined;
		return this.get(path, (request, response) => redirectToFolder(request.path, request.search, response));
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
}

// Functions, for each request goes through the first: XS would look for a method along all of the class's.
const route = (router: Router<Handler>, request: Request, response: Response, head: RoutedHead): unknown => {
	const match = router.match(head.method, head.path);
	const value = (match as RouteMatch<Handler>).value;
	if (value === undefined) return unmatched(match as readonly string[], request, response);
	request.params = (match as RouteMatch<Handler>).params;
	return value(request, response);
};

const unmatched = (methods: readonly string[], request: Request, response: Response): void => {
	const { method, path } = request;
	if (!knownMethods.includes(method) || method === "CONNECT")
		throw new HttpError(501, "METHOD", "Request method is not implemented");
	if (methods.length === 0 && path !== "*") throw new HttpError(404, "NOT_FOUND", "No route for the path");
	const allowed = new Set(methods);
	if (allowed.has("GET")) allowed.add("HEAD");
	response.header("allow", [...allowed, "OPTIONS"].filter((name, at, all) => all.indexOf(name) === at).join(", "));
	if (method !== "OPTIONS") throw new HttpError(405, "METHOD", "No route for the method on this path");
	response.status(204).send();
};

const answerPlainly = (status: number, response: Response): void => {
	if (!response.started) response.status(status).send(errorText(status));
	else if (!response.finished) response.abort();
};
