import { parseDecimal } from "./ascii";
import { parseHex } from "./hex";

const IPV6_GROUPS = 8;

const parseIPv4 = (text: string): number[] | undefined => {
	const parts = text.split(".", 5);
	if (parts.length !== 4) return undefined;
	const bytes = parts.map(parseByte);
	return bytes.every(byte => byte < 256) ? bytes : undefined;
};

/** Without leading zeros; 256 for what is none. */
const parseByte = (text: string): number => {
	const value = parseDecimal(text);
	return value !== undefined && String(value) === text ? value : 256;
};

/** One side of `::`; the last group of the address may be an IPv4 address. */
const parseGroups = (text: string, isLast: boolean): number[] | undefined => {
	if (text === "") return [];
	const bytes: number[] = [];
	const groups = text.split(":", IPV6_GROUPS + 1);
	for (const [index, group] of groups.entries()) {
		const v4 = isLast && index === groups.length - 1 && group.includes(".") ? parseIPv4(group) : undefined;
		const value = v4 === undefined ? parseHex(group, 4) : undefined;
		if (v4 !== undefined) bytes.push(...v4);
		else if (value !== undefined) bytes.push(value >> 8, value & 255);
		else return undefined;
	}
	return bytes;
};

const parseIPv6 = (text: string): number[] | undefined => {
	const [before = "", after, ...more] = text.split("::", 3);
	if (more.length > 0) return undefined;
	const head = parseGroups(before, after === undefined);
	const tail = after === undefined ? [] : parseGroups(after, true);
	if (head === undefined || tail === undefined) return undefined;
	const gap = 2 * IPV6_GROUPS - head.length - tail.length;
	if (after === undefined ? gap !== 0 : gap < 2) return undefined;
	return [...head, ...new Array<number>(gap).fill(0), ...tail];
};

/**
 * The 4 or 16 bytes of an address: dotted decimal without leading zeros, or RFC 4291 §2.2 without brackets and zone.
 * `undefined` for anything else, a host name for one.
 */
export const parseIPAddress = (text: string): number[] | undefined => {
	return text.includes(":") ? parseIPv6(text) : parseIPv4(text);
};

/** The text of 4 or 16 bytes; IPv6 in full, as OpenSSL writes it in a subjectAltName. */
export const formatIPAddress = (bytes: Uint8Array): string => {
	if (bytes.length !== 2 * IPV6_GROUPS) return bytes.join(".");
	const groups: string[] = [];
	for (let i = 0; i < bytes.length; i += 2) {
		groups.push((((bytes[i] as number) << 8) | (bytes[i + 1] as number)).toString(16).toUpperCase());
	}
	return groups.join(":");
};
