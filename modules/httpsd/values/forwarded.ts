// What proxies say of the client (RFC 7239, and X-Forwarded-For, -Proto, -Host before it). Each proxy adds a member at the
// end, and only those of trusted proxies are known to be true. So members are read from the end, and no more of them than
// there may be proxies: whatever a client has put before them is not looked at.

import { isToken, lowerCase, trimSpace } from "text/ascii";
import { parseIPAddress } from "text/ip-address";
import { fieldLimits } from "../limits";

/** What one proxy says of whom it was asked by. */
export interface ForwardedMember {
	/** An address, `unknown`, or a name that hides one, such as `_a1`. */
	readonly address?: string | undefined;
	readonly scheme?: "http" | "https" | undefined;
	readonly host?: string | undefined;
}

/** The members of a list, the last first, at most `fieldLimits.maxProxies`. */
function membersFromEnd(list: string | undefined): string[] {
	const members: string[] = [];
	let end = list?.length ?? 0;
	while (end > 0 && members.length < fieldLimits.maxProxies) {
		const comma = (list as string).lastIndexOf(",", end - 1);
		const member = trimSpace((list as string).slice(comma + 1, end));
		if (member !== "") members.push(member);
		end = comma;
	}
	return members;
}

/** Members of a `Forwarded` field, the last first. What is malformed in one is left out. */
export function parseForwarded(field: string | undefined): ForwardedMember[] {
	return membersFromEnd(field).map(member => {
		const said = new Map<string, string>();
		for (const pair of member.split(";", fieldLimits.maxParameters)) {
			const equals = pair.indexOf("=");
			const value = trimSpace(pair.slice(equals + 1));
			const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
			said.set(lowerCase(trimSpace(pair.slice(0, Math.max(equals, 0)))), isQuoted ? value.slice(1, -1) : value);
		}
		return { address: nodeOf(said.get("for")), scheme: schemeOf(said.get("proto")), host: said.get("host") };
	});
}

/** The same of the three older fields. Where a proxy has handed on what was there, the first member is for all before it. */
export function parseXForwarded(get: (name: string) => string | undefined): ForwardedMember[] {
	const [addresses = [], schemes = [], hosts = []] = ["for", "proto", "host"].map(name =>
		membersFromEnd(get(`x-forwarded-${name}`))
	);
	const count = Math.max(1, addresses.length);
	return Array.from({ length: count }, (_, at) => ({
		address: nodeOf(addresses[at]),
		scheme: schemeOf(schemes[at] ?? schemes.at(-1)),
		host: hosts[at] ?? hosts.at(-1)
	}));
}

function schemeOf(text: string | undefined): "http" | "https" | undefined {
	const scheme = text?.toLowerCase();
	if (scheme === "https" || scheme === "wss") return "https";
	return scheme === "http" || scheme === "ws" ? "http" : undefined;
}

/** The address of a node, without its port and brackets; or a name that hides one. */
function nodeOf(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
	const hasPort = bracket < 0 && text.indexOf(":") > 0 && text.indexOf(":") === text.lastIndexOf(":");
	const address = bracket > 0 ? text.slice(1, bracket) : hasPort ? text.slice(0, text.indexOf(":")) : text;
	if (parseIPAddress(address) !== undefined) return address;
	return address === "unknown" || (address.startsWith("_") && isToken(address)) ? address : undefined;
}
