import { parseIPAddress } from "text/ip-address";
import { limits } from "./limits";

const maxLabel = 63; // characters (RFC 1035 §2.3.4)
const labelCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

/** Letters, digits and hyphens, not at either end (RFC 1123 §2.1). */
const isLabel = (text: string): boolean => {
	if (text.length < 1 || text.length > maxLabel || text.startsWith("-") || text.endsWith("-")) return false;
	for (let i = 0; i < text.length; i++) if (!labelCharacters.includes(text.charAt(i))) return false;
	return true;
};

/** Whether a text, in lower case, is a host name (RFC 1123 §2.1), and no address. */
export const isHostName = (text: string): boolean => {
	return text.length <= limits.maxHost && text.split(".").every(isLabel) && parseIPAddress(text) === undefined;
};

/**
 * The names that a device is addressed by: its host name, and the same under `.local` (RFC 6762).
 * @throws {RangeError} not a host name
 */
export const toHosts = (name: string): string[] => {
	const host = name.toLowerCase();
	if (!isHostName(host)) throw new RangeError(`"${name}" is not a host name`);
	const first = host.split(".")[0] as string;
	if (host === first) return [`${first}.local`, first];
	return host.endsWith(".local") ? [host, host.slice(0, -".local".length)] : [host, `${first}.local`];
};
