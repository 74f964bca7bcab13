import { decodeHex } from "./config/hex";

const IPV6_GROUPS = 8;
const GROUP_DIGITS = 4;

function parseIPv4(text: string): number[] | undefined {
	const parts = text.split(".");
	if (parts.length !== 4) return undefined;
	const bytes = parts.map(Number);
	// The way back tells decimal without leading zeros from whatever else Number takes.
	return bytes.every((byte, i) => Number.isInteger(byte) && byte >= 0 && byte < 256 && String(byte) === parts[i])
		? bytes
		: undefined;
}

/** One side of `::`; the last group of the address may be an IPv4 address. */
function parseGroups(text: string, isLast: boolean): number[] | undefined {
	if (text === "") return [];
	const bytes: number[] = [];
	const groups = text.split(":");
	for (const [index, group] of groups.entries()) {
		const v4 = isLast && index === groups.length - 1 && group.includes(".") ? parseIPv4(group) : undefined;
		if (v4 !== undefined) bytes.push(...v4);
		else if (group.length < 1 || group.length > GROUP_DIGITS) return undefined;
		else {
			const hex = decodeHex(group.padStart(GROUP_DIGITS, "0"));
			if (hex === undefined) return undefined;
			bytes.push(...hex);
		}
	}
	return bytes;
}

function parseIPv6(text: string): number[] | undefined {
	const [before = "", after, ...more] = text.split("::");
	if (more.length > 0) return undefined;
	const head = parseGroups(before, after === undefined);
	const tail = after === undefined ? [] : parseGroups(after, true);
	if (head === undefined || tail === undefined) return undefined;
	const gap = 2 * IPV6_GROUPS - head.length - tail.length;
	if (after === undefined ? gap !== 0 : gap < 2) return undefined;
	return [...head, ...new Array<number>(gap).fill(0), ...tail];
}

/**
 * The 4 or 16 bytes of an address: dotted decimal without leading zeros, or RFC 4291 §2.2 without brackets and zone.
 * `undefined` for anything else, such as a host name.
 */
export function parseIPAddress(text: string): number[] | undefined {
	return text.includes(":") ? parseIPv6(text) : parseIPv4(text);
}

/** The text of 4 or 16 bytes; IPv6 in full, as OpenSSL writes it in a subjectAltName. */
export function formatIPAddress(bytes: Uint8Array): string {
	if (bytes.length !== 2 * IPV6_GROUPS) return bytes.join(".");
	const groups: string[] = [];
	for (let i = 0; i < bytes.length; i += 2) {
		groups.push((((bytes[i] as number) << 8) | (bytes[i + 1] as number)).toString(16).toUpperCase());
	}
	return groups.join(":");
}
