/**
 * The ports of a list such as "8443-8474,9000". An emulator's network lets two connections wait for it on a port of this machine, and this machine's TCP resets
 * one of those behind them a minute or two later: who comes with more at once needs more ports.
 */
export const portsOf = list =>
	list.split(",").flatMap(range => {
		const [first, last = first] = range.split("-").map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => first + index);
	});
