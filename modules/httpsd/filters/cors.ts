import { isToken, isVisible } from "text/ascii";
import { checkOptionNames, type OptionNames } from "text/option-names";
import type Request from "../request";
import type Response from "../response";
import { listMembers } from "../values/lists";

/** Says whether pages of an origin, such as `https://app.example`, may read responses. */
export type OriginCheck = (origin: string, request: Request) => boolean;

export interface CorsOptions {
	/** The origins whose pages may read responses: those listed, those a function lets in, or `"*"` for all. */
	readonly origins: "*" | readonly string[] | OriginCheck;
	/** Methods that they may use. Default: GET, HEAD, POST, PUT, PATCH, DELETE. */
	readonly methods?: readonly string[];
	/** Fields that they may send. Default: those that they ask for. */
	readonly headers?: readonly string[];
	/** Fields of responses that they may read, beside those that all may. Default: none. */
	readonly expose?: readonly string[];
	/** Whether cookies and credentials go with their requests. Default `false`. Not with `"*"`, nor with `"null"`. */
	readonly credentials?: boolean;
	/** How long a browser remembers what it may, in seconds. Default: as long as it likes, which is 5. */
	readonly maxAge?: number;
	/** Whether pages of public sites may ask a server in the user's own network. Default `false`. */
	readonly privateNetwork?: boolean;
}

const optionNames: OptionNames<CorsOptions> = Object.freeze({
	origins: true,
	methods: true,
	headers: true,
	expose: true,
	credentials: true,
	maxAge: true,
	privateNetwork: true
});
const commonMethods = Object.freeze(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/**
 * A filter, for `use()`, that lets pages of other origins read responses, errors too, and answers preflights (Fetch
 * §3.2). It stands before filters that want credentials, which no preflight has.
 *
 * ```ts
 * server.use("/api", cors({ origins: ["https://app.example"], credentials: true }));
 * ```
 * @throws {TypeError} for an option that does not exist, an origin that is none, `"*"` or `"null"` together with
 * credentials, and a method or field that is no token. @throws {RangeError} when `maxAge` is not a whole number of seconds.
 */
export const cors = (options: CorsOptions): ((request: Request, response: Response) => boolean | undefined) => {
	checkOptionNames("cors", options, optionNames);
	const { origins, credentials = false, expose = [] } = options;
	const allows = checkOrigins(origins, credentials);
	const exposed = tokens(expose);
	const preflight = preflightOf(options);
	return (request, response) => {
		const { headers } = response;
		if (origins !== "*") headers.append("vary", "origin");
		const origin = request.headers.get("origin");
		if (origin === undefined || !allows(origin, request)) return undefined;
		headers.set("access-control-allow-origin", origins === "*" ? "*" : origin);
		if (credentials) headers.set("access-control-allow-credentials", "true");
		const asks = request.method === "OPTIONS" && request.headers.has("access-control-request-method");
		if (asks) preflight(request, response);
		else if (exposed !== "") headers.set("access-control-expose-headers", exposed);
		return asks;
	};
};

const checkOrigins = (origins: CorsOptions["origins"], credentials: boolean): OriginCheck => {
	if (origins === "*") {
		if (credentials) throw new TypeError("Credentials are for origins that are named, not for all");
		return () => true;
	}
	// What an asynchronous function returns is a promise, and not yet a yes.
	if (typeof origins === "function") return (origin, request) => origins(origin, request) === true;
	if (!Array.isArray(origins)) throw new TypeError('Option origins is neither "*", a list nor a function');
	for (const origin of origins)
		if (!isOrigin(origin)) throw new TypeError(`${origin} is no origin: one is such as https://app.example`);
	if (credentials && origins.includes("null"))
		throw new TypeError("Credentials are for origins that are named: any page can make itself one of null");
	return origin => origins.includes(origin);
};

/** Whether it is as browsers write it: a scheme, a host, a port that is not the scheme's, and nothing behind. */
const isOrigin = (text: unknown): boolean => {
	if (text === "null") return true;
	if (typeof text !== "string" || !isVisible(text) || text !== text.toLowerCase()) return false;
	const [scheme, host, ...more] = text.split("://", 3);
	if (!scheme || !host || more.length > 0 || host.includes("/") || host.includes("*")) return false;
	return !(scheme === "https" && host.endsWith(":443")) && !(scheme === "http" && host.endsWith(":80"));
};

const preflightOf = ({ methods = commonMethods, headers, maxAge, privateNetwork }: CorsOptions) => {
	if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0))
		throw new RangeError("CORS maxAge must be a whole number of seconds");
	const allowedMethods = tokens(methods);
	const allowed = headers && tokens(headers);
	return (request: Request, response: Response): void => {
		const answer = response.headers;
		answer.append("vary", "access-control-request-headers");
		answer.set("access-control-allow-methods", allowedMethods);
		const asked = allowed ?? askedFor(request);
		if (asked !== "") answer.set("access-control-allow-headers", asked);
		if (maxAge !== undefined) answer.set("access-control-max-age", maxAge);
		if (privateNetwork && request.headers.get("access-control-request-private-network") === "true")
			answer.set("access-control-allow-private-network", "true");
		response.status(204).send();
	};
};

/** The fields that a preflight asks for. */
const askedFor = (request: Request): string => {
	return listMembers(request.headers.get("access-control-request-headers") ?? "")
		.filter(isToken)
		.join(", ");
};

/** A list as a field has it. @throws {TypeError} */
const tokens = (names: readonly string[]): string => {
	for (const name of names) if (!isToken(name)) throw new TypeError(`${name} is no token, as methods and fields are`);
	return names.join(", ");
};
