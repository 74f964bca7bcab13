import { hasAny, isPrintable, isToken, isVisible } from "text/ascii";
import { fieldLimits } from "../limits";
import { formatDate } from "./http-date";

/** Attributes of a cookie (RFC 6265bis §4.1). */
export interface CookieAttributes {
	/** Seconds until it expires; 0 deletes it. Default: until the browser is closed. */
	readonly maxAge?: number;
	/** When it expires, in ms since 1970. `maxAge` needs no clock. */
	readonly expires?: number;
	/** Host, and those below it, that get the cookie. Default: this host only. */
	readonly domain?: string;
	/** Default `"/"`. */
	readonly path?: string;
	/** Only over HTTPS. Default `false`. */
	readonly secure?: boolean;
	/** Not for scripts. Default `false`. */
	readonly httpOnly?: boolean;
	/** Whether other sites' requests carry it. `"None"` needs `secure`. Default: the browser's, mostly `"Lax"`. */
	readonly sameSite?: "Strict" | "Lax" | "None";
}

/** The cookies of a `Cookie` field by name. Of several with one name the first counts: it has the longest path. */
export const parseCookies = (field: string | undefined): ReadonlyMap<string, string> => {
	const cookies = new Map<string, string>();
	if (field === undefined) return cookies;
	for (const pair of field.split(";", fieldLimits.maxCookies)) {
		const equals = pair.indexOf("=");
		if (equals < 0) continue;
		const name = pair.slice(0, equals).trim();
		const value = pair.slice(equals + 1).trim();
		const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
		if (name !== "" && !cookies.has(name)) cookies.set(name, isQuoted ? value.slice(1, -1) : value);
	}
	return cookies;
};

const attributeNames: readonly string[] = Object.freeze([
	"maxAge",
	"expires",
	"domain",
	"path",
	"secure",
	"httpOnly",
	"sameSite"
]);

/**
 * The value of a `Set-Cookie` field.
 * @throws {TypeError} for an attribute that does not exist, and for what no browser takes: a name that is no token, a value with spaces, quotes, commas,
 * semicolons or backslashes (encode it), an unknown `sameSite` or `SameSite=None` without `secure`, a prefix whose rules are not kept.
 * @throws {RangeError} when `maxAge` is not a whole number.
 */
export const formatCookie = (name: string, value: string, attributes: CookieAttributes = {}): string => {
	const { maxAge, expires, domain, path = "/", secure, httpOnly, sameSite } = attributes;
	for (const each of Object.keys(attributes))
		if (!attributeNames.includes(each)) throw new TypeError(`Cookie has no attribute ${each}`);
	if (!isToken(name) || !isCookieValue(value)) throw new TypeError("Cookie has a character that is not allowed");
	if (!isAttributeValue(path + (domain ?? ""))) throw new TypeError("Cookie path or domain is not allowed");
	if (maxAge !== undefined && !Number.isSafeInteger(maxAge)) throw new RangeError("Cookie maxAge is not whole seconds");
	if (sameSite !== undefined && !["Strict", "Lax", "None"].includes(sameSite))
		throw new TypeError("Cookie sameSite is not Strict, Lax or None");
	if (sameSite === "None" && !secure) throw new TypeError("Cookie with SameSite=None must be secure");
	checkPrefix(name.toLowerCase(), attributes);
	let text = `${name}=${value}`;
	if (maxAge !== undefined) text += `; Max-Age=${maxAge}`;
	if (expires !== undefined) text += `; Expires=${formatDate(expires)}`;
	if (domain !== undefined) text += `; Domain=${domain}`;
	text += `; Path=${path}`;
	if (secure) text += "; Secure";
	if (httpOnly) text += "; HttpOnly";
	return sameSite === undefined ? text : `${text}; SameSite=${sameSite}`;
};

/** The prefixes promise something that browsers hold the cookie to (RFC 6265bis §4.1.3). */
const checkPrefix = (name: string, { secure, domain, path = "/" }: CookieAttributes): void => {
	const isHost = name.startsWith("__host-");
	if ((isHost || name.startsWith("__secure-")) && !secure)
		throw new TypeError("Cookie with that prefix must be secure");
	if (isHost && (domain !== undefined || path !== "/"))
		throw new TypeError("Cookie with the prefix __Host- has path / and no domain");
};

const isCookieValue = (text: string): boolean => {
	return isVisible(text) && !hasAny(text, '",;\\');
};

const isAttributeValue = (text: string): boolean => {
	return isPrintable(text) && !text.includes(";");
};
