import { parseDecimal } from "text/ascii";
import { parseIPAddress } from "text/ip-address";
import { hasBadEscape } from "../values/percent";

/** Made when it is first asked for, since a module that is preloaded on a device may hold no RegExp. */
let hostAndPort: RegExp | undefined;
const maxPort = 65_535;
/** Bytes: a host (RFC 1035 §2.3.4), a colon and a port. To match more takes memory. */
const longest = 255 + 1 + 5;

/** Whether `text` is the `uri-host [ ":" port ]` of a Host field or of a target (RFC 9110 §7.2). */
export const isAuthority = (text: string): boolean => {
	if (text.length > longest) return false;
	hostAndPort ??= /^(?:[A-Za-z0-9\-._~!$&'()*+,;=%]+|\[([0-9A-Fa-f:.]+)\])(?::([0-9]{0,5}))?$/;
	const match = hostAndPort.exec(text);
	if (match === null || Number(match[2] ?? 0) > maxPort || hasBadEscape(text)) return false;
	return match[1] === undefined || isIPv6(match[1]);
};

const isIPv6 = (text: string): boolean => {
	return text.includes(":") && parseIPAddress(text) !== undefined;
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
