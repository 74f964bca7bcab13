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
