// What proxies say of the client (RFC 7239, and X-Forwarded-For, -Proto, -Host before it). Each proxy adds a member at the
// end, and only those of trusted proxies are known to be true. So members are read from the end, and no more of them than
// there may be proxies: whatever a client has put before them is not looked at.

import { isToken, trimSpace } from "text/ascii";
import { parseIPAddress } from "text/ip-address";
import { replaceEvery } from "text/replace";
import { fieldLimits } from "../limits";
import { parseParameters } from "./parameters";

/** What one proxy says of whom it was asked by. */
export interface ForwardedMember {
	/** An address, `unknown`, or a name that hides one, such as `_a1`. */
	readonly address?: string | undefined;
	readonly scheme?: "http" | "https" | undefined;
	readonly host?: string | undefined;
}

/**
 * The members of a list, the last first, at most `fieldLimits.maxProxies`; those that are empty count.
 * @param mayQuote whether a comma between quotes belongs to a member: a client chooses the host that a proxy quotes.
 */
const membersFromEnd = (list: string | undefined, mayQuote: boolean): string[] => {
	const members: string[] = [];
	let end = list?.length ?? 0;
	let commas = mayQuote ? fieldLimits.maxParameters : fieldLimits.maxProxies;
	for (let at = end; end > 0 && commas > 0 && members.length < fieldLimits.maxProxies; commas--) {
		at = at > 0 ? (list as string).lastIndexOf(",", at - 1) : -1;
		const member = trimSpace((list as string).slice(at + 1, end));
		if (at >= 0 && commas > 1 && mayQuote && isWithinQuotes(member)) continue;
		if (member !== "") members.push(member);
		end = at;
	}
	return members;
};

/** Whether a text that ends a list begins between quotes: their number is odd, but for those that are escaped. */
const isWithinQuotes = (text: string): boolean => {
	const bare = replaceEvery(replaceEvery(text, "\\\\", ""), '\\"', "");
	let isWithin = false;
	for (let at = bare.indexOf('"'); at >= 0; at = bare.indexOf('"', at + 1)) isWithin = !isWithin;
	return isWithin;
};

/**
 * Members of a `Forwarded` field, the last first. Of one that is malformed the address is `unknown`: a client could have
 * made it so, and must not be taken for the proxy.
 */
export const parseForwarded = (field: string | undefined): ForwardedMember[] => {
	return membersFromEnd(field, true).map(member => {
		const said = parseParameters(`;${member}`, ";");
		if (said === undefined) return { address: "unknown" };
		return { address: nodeOf(said.get("for")), scheme: schemeOf(said.get("proto")), host: said.get("host") };
	});
};

/** The same of the three older fields. Where a proxy has handed on what was there, the first member is for all before it. */
export const parseXForwarded = (get: (name: string) => string | undefined): ForwardedMember[] => {
	const [addresses = [], schemes = [], hosts = []] = ["for", "proto", "host"].map(name =>
		membersFromEnd(get(`x-forwarded-${name}`), false)
	);
	const count = Math.max(1, addresses.length);
	return Array.from({ length: count }, (_, at) => ({
		address: nodeOf(addresses[at]),
		scheme: schemeOf(schemes[at] ?? schemes.at(-1)),
		host: hosts[at] ?? hosts.at(-1)
	}));
};

const schemeOf = (text: string | undefined): "http" | "https" | undefined => {
	const scheme = text?.toLowerCase();
	if (scheme === "https" || scheme === "wss") return "https";
	return scheme === "http" || scheme === "ws" ? "http" : undefined;
};

/**
 * The address of a node, without its port and brackets, or a name that hides one; `unknown` for anything else, as a proxy writes
 * it whose client has no address. `undefined` where nothing is said.
 */
const nodeOf = (text: string | undefined): string | undefined => {
	if (text === undefined) return undefined;
	const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
	const hasPort = bracket < 0 && text.indexOf(":") > 0 && text.indexOf(":") === text.lastIndexOf(":");
	const address = bracket > 0 ? text.slice(1, bracket) : hasPort ? text.slice(0, text.indexOf(":")) : text;
	if (parseIPAddress(address) !== undefined) return address;
	return address.startsWith("_") && isToken(address) ? address : "unknown";
};
