import { parseDecimal } from "text/ascii";
import { hasOnly } from "text/characters";
import { parseIPAddress } from "text/ip-address";
import { fieldLimits } from "../limits";
import { hasBadEscape } from "../values/percent";

/** The highest port there is, and its digits. */
const maxPort = 65_535;
/** Digits of a port: no number is made of more. */
const mostDigits = 5;

/** Whether `text` is the `uri-host [ ":" port ]` of a Host field or of a target (RFC 9110 §7.2). */
export const isAuthority = (text: string): boolean => {
	if (text.length > fieldLimits.maxAuthority) return false;
	const host = hostOf(text);
	const port = text.slice(host.length + 1);
	if (port.length > mostDigits || !hasOnly(port, "09", false) || Number(port) > maxPort) return false;
	if (host.startsWith("[")) return host.endsWith("]") && isIPv6(host.slice(1, -1));
	return host !== "" && hasOnly(host, "!!$.09;;==AZ__az~~", false) && !hasBadEscape(host);
};

const isIPv6 = (text: string): boolean => {
	return text.includes(":") && hasOnly(text, ".:09AFaf", false) && parseIPAddress(text) !== undefined;
};

/** The host of an authority, without its port. */
export const hostOf = (authority: string): string => {
	const colon = authority.lastIndexOf(":");
	return colon > authority.lastIndexOf("]") ? authority.slice(0, colon) : authority;
};

/** Whether an authority has a port, and that is not empty. */
export const hasPort = (authority: string): boolean => {
	return parseDecimal(authority.slice(hostOf(authority).length + 1)) !== undefined;
};
