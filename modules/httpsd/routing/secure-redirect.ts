import { checkOptionNames, type OptionNames } from "text/option-names";
import { checkPort } from "text/port";
import HttpError from "../http-error";
import { hostOf, isAuthority } from "../message/authority";
import { errorText } from "../message/response-head";
import type Request from "../request";
import type Response from "../response";
import { isBelow } from "../values/file-names";
import { decodePrefix, decodeSegments } from "./path";

/** How clients of the plain port are sent to HTTPS. */
export interface RedirectOptions {
	/**
	 * 301, 302, 307 or 308. Default 307: the method stays, and no client remembers it, as they do 301 and 308 for good,
	 * by which a port or a host could never change.
	 */
	readonly status?: number;
	/** Host that clients are sent to. Default: that of the request. */
	readonly host?: string;
	/** Port that clients are sent to. Default: that of the server. */
	readonly port?: number;
	/**
	 * Paths that are served over plain TCP, with all below them, such as `"/.well-known/acme-challenge"` or those by which
	 * devices look for a captive portal. Default: none.
	 */
	readonly exempt?: readonly string[];
}

const optionNames: OptionNames<RedirectOptions> = Object.freeze({ status: true, host: true, port: true, exempt: true });
const statuses = Object.freeze([301, 302, 307, 308]);

/** Sends clients to the same path and query over HTTPS. */
export default class SecureRedirect {
	readonly #status: number;
	readonly #host: string | undefined;
	readonly #port: number | undefined;
	readonly #exempt: readonly string[];

	/** @throws {TypeError} an option or a host that is none. @throws {RangeError} a status or a port out of range. */
	constructor(options: RedirectOptions = {}) {
		checkOptionNames("redirect", options, optionNames);
		const { status = 307, host, port, exempt = [] } = options;
		if (!statuses.includes(status)) throw new RangeError("Status of the redirect is none of 301, 302, 307, 308");
		if (host !== undefined && (!isAuthority(host) || hostOf(host) !== host))
			throw new TypeError("Host of the redirect is none, or has a port");
		if (port !== undefined && checkPort("redirect.port", port) === 0)
			throw new RangeError("Port of the redirect is 0, where nobody listens");
		this.#status = status;
		this.#host = host;
		this.#port = port;
		this.#exempt = exempt.map(decodePrefix).map(path => (path.endsWith("/") ? path.slice(0, -1) : path));
	}

	/** Whether a request is served as it is. @throws {HttpError} 400 for a path with dot segments, or no UTF-8. */
	exempts(request: Request): boolean {
		if (this.#exempt.length === 0) return false;
		const path = decodeSegments(request.path).join("/");
		return this.#exempt.some(prefix => isBelow(path, prefix));
	}

	/**
	 * Answers a request. Where there is no host, with 426 (RFC 9110 §15.5.22); where there is no path to go to, as any server does.
	 * @param ownPort the port of the HTTPS server.
	 * @throws {HttpError} 501 for CONNECT.
	 */
	answer(request: Request, response: Response, ownPort: number): void {
		if (request.method === "CONNECT") throw new HttpError(501, "METHOD", "Request method is not implemented");
		if (request.path === "*") {
			response.header("allow", "OPTIONS").status(204).send();
			return;
		}
		const host = this.#host ?? hostOf(request.host);
		if (host === "") {
			response.status(426).offer("TLS/1.2, HTTP/1.1").send(errorText(426));
			return;
		}
		const port = this.#port ?? ownPort;
		const search = request.search === "" ? "" : `?${request.search}`;
		response.redirect(`https://${host}${port === 443 ? "" : `:${port}`}${request.path}${search}`, this.#status);
	}
}
