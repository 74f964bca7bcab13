/**
 * Whom an address stands for when addresses are counted: an IPv4 address for itself, also when it is written as an IPv6
 * one, and an IPv6 address for its first 64 bits, which are one household's or one machine's.
 */
export function networkOf(address: string): string {
	if (address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
	const [before = "", after] = address.split("::");
	const groups = before === "" ? [] : before.split(":");
	const behind = after === undefined || after === "" ? [] : after.split(":");
	while (after !== undefined && groups.length + behind.length < 8) groups.push("0");
	return [...groups, ...behind].slice(0, 4).join(":");
}

const group = /^[0-9A-Fa-f]{1,4}$/;
const decimal = /^(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])$/;

/** Whether `text` is an IPv6 address (RFC 4291 §2.2), without brackets or a zone. */
export function isAddress(text: string): boolean {
	const [before = "", after, ...more] = text.split("::", 3);
	if (more.length > 0) return false;
	const isOmitting = after !== undefined;
	const groups = [...groupsOf(before, !isOmitting), ...groupsOf(after ?? "", true)];
	return groups.every(each => group.test(each)) && (isOmitting ? groups.length < 8 : groups.length === 8);
}

/** The groups of a part of an address; at the end of it, an IPv4 address stands for two. */
function groupsOf(part: string, isEnd: boolean): string[] {
	if (part === "") return [];
	const groups = part.split(":", 9);
	const bytes = groups.at(-1)?.split(".", 5) ?? [];
	if (isEnd && bytes.length === 4 && bytes.every(byte => decimal.test(byte))) groups.splice(-1, 1, "0", "0");
	return groups;
}
