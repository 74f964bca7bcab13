/**
 * The network that an address is counted for: an IPv4 address counts for itself, also when it is written as an IPv6 one,
 * and an IPv6 address for its first 64 bits, which one household or machine has.
 */
export const networkOf = (address: string): string => {
	if (address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
	const [before = "", after] = address.split("::");
	const groups = before === "" ? [] : before.split(":");
	const behind = after === undefined || after === "" ? [] : after.split(":");
	while (after !== undefined && groups.length + behind.length < 8) groups.push("0");
	return [...groups, ...behind].slice(0, 4).join(":");
};
