import { isVisible, parseDecimal } from "text/ascii";
import { limits } from "../limits";

/** Where a request goes. */
export interface Target {
	/** Name or address of the server, without brackets. */
	readonly host: string;
	readonly port: number;
	/** As it stands in the field Host: with the port where that is not 443. */
	readonly authority: string;
	/** Path and query. */
	readonly path: string;
}

const scheme = "https://";
const highestPort = 65_535;

const toPort = (text: string): number | undefined => {
	const port = parseDecimal(text);
	return port === undefined || port < 1 || port > highestPort ? undefined : port;
};

/** Host and what stands behind it; an IPv6 address stands in brackets. */
const splitHost = (authority: string): [host: string, rest: string] => {
	if (authority.startsWith("[")) {
		const end = authority.indexOf("]");
		return [authority.slice(1, Math.max(end, 1)), authority.slice(end + 1)];
	}
	const at = authority.indexOf(":");
	return at < 0 ? [authority, ""] : [authority.slice(0, at), authority.slice(at)];
};

/** The parts of a URL; `undefined` for one that is not over TLS, or has a user's name in it. */
export const parseURL = (url: string): Target | undefined => {
	if (url.length > limits.maxURL || !url.startsWith(scheme) || !isVisible(url)) return undefined;
	const rest = url.slice(scheme.length);
	const ends = ["/", "?", "#"].map(each => rest.indexOf(each)).filter(at => at >= 0);
	const end = ends.length === 0 ? rest.length : Math.min(...ends);
	const authority = rest.slice(0, end);
	// With the bound, for a CA may write nothing but such characters.
	const [path = ""] = rest.slice(end).split("#", 1);
	const [host, behind] = splitHost(authority);
	const port = behind === "" ? 443 : toPort(behind.slice(1));
	if (host === "" || port === undefined || authority.includes("@") || !(behind === "" || behind[0] === ":"))
		return undefined;
	return { host, port, authority, path: path.startsWith("/") ? path : `/${path}` };
};
