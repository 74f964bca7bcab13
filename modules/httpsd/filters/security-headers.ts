import { isFieldText } from "text/ascii";
import { checkOptionNames, type OptionNames } from "text/option-names";
import type Request from "../request";
import type Response from "../response";
import { type TransportSecurity, transportSecurity } from "../values/transport-security";

/** Each is the value of its field, or `false` to leave it out. */
export interface SecurityHeadersOptions {
	/**
	 * `Content-Security-Policy`. Default: what pages load, connect to, and send forms to is of the same origin; styles may be
	 * in the page and pictures `data:`, scripts may not be in the page.
	 */
	readonly contentSecurityPolicy?: string | false;
	/** `X-Frame-Options`, for browsers without `frame-ancestors`. Default `"SAMEORIGIN"`. */
	readonly frameOptions?: "DENY" | "SAMEORIGIN" | false;
	/** `X-Content-Type-Options`. Default `"nosniff"`. */
	readonly contentTypeOptions?: "nosniff" | false;
	/** `Referrer-Policy`. Default `"same-origin"`. */
	readonly referrerPolicy?: string | false;
	/** `Cross-Origin-Opener-Policy`, over TLS, where alone it counts. Default `"same-origin"`. */
	readonly openerPolicy?: string | false;
	/** `Cross-Origin-Resource-Policy`. Default `"same-origin"`; `"cross-origin"` together with {@link cors}. */
	readonly resourcePolicy?: "same-origin" | "same-site" | "cross-origin" | false;
	/**
	 * `Strict-Transport-Security`, over TLS. Default `false`: it is for every port of a host, and with it browsers let nobody
	 * past a certificate that they do not trust.
	 */
	readonly hsts?: TransportSecurity | false;
}

const optionNames: OptionNames<SecurityHeadersOptions> = Object.freeze({
	contentSecurityPolicy: true,
	frameOptions: true,
	contentTypeOptions: true,
	referrerPolicy: true,
	openerPolicy: true,
	resourcePolicy: true,
	hsts: true
});

const policy =
	"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/**
 * A filter, for `use("/")`, that sets the fields by which browsers protect a page. A handler may set others in their place.
 *
 * ```ts
 * server.use("/", securityHeaders({ frameOptions: "DENY" }));
 * ```
 * @throws {TypeError} for an option that does not exist, or a value that no field can have.
 * @throws {RangeError} when `hsts.maxAge` is not a whole number of seconds.
 */
export const securityHeaders = (
	options: SecurityHeadersOptions = {}
): ((request: Request, response: Response) => void) => {
	checkOptionNames("securityHeaders", options, optionNames);
	const always = fields([
		["content-security-policy", options.contentSecurityPolicy ?? policy],
		["x-frame-options", options.frameOptions ?? "SAMEORIGIN"],
		["x-content-type-options", options.contentTypeOptions ?? "nosniff"],
		["referrer-policy", options.referrerPolicy ?? "same-origin"],
		["cross-origin-resource-policy", options.resourcePolicy ?? "same-origin"]
	]);
	const overTLS = fields([
		["cross-origin-opener-policy", options.openerPolicy ?? "same-origin"],
		["strict-transport-security", options.hsts ? transportSecurity(options.hsts) : false]
	]);
	return (request, response) => {
		for (const [name, value] of always) response.header(name, value);
		if (request.scheme === "https") for (const [name, value] of overTLS) response.header(name, value);
	};
};

type Field = readonly [name: string, value: string | false];

/** Those that are sent. @throws {TypeError} */
const fields = (all: readonly Field[]): readonly [name: string, value: string][] => {
	for (const [name, value] of all)
		if (value !== false && (typeof value !== "string" || value === "" || !isFieldText(value)))
			throw new TypeError(`securityHeaders has no value for ${name}`);
	return all.filter(([, value]) => value !== false) as [string, string][];
};
