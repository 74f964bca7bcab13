/**
 * The ports of a list such as "8443-8474,9000". An emulator's network lets two connections wait for it on a port of this machine, and this machine's TCP resets
 * one of those behind them a minute or two later: who comes with more at once needs more ports. In the emulator all of them have the same address: so `waysTo` has none of
 * this machine's ports lead to two of them.
 */
export const portsOf = list =>
	list.split(",").flatMap(range => {
		const [first, last = first] = range.split("-").map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => first + index);
	});

/** Of this machine's ports, those that it gives to nobody who does not ask for one, and that no test listens on. */
const [first, last] = [17_000, 31_999];

/** Gives each connection the next of these ports, and a port of its own. */
export function waysTo(ports) {
	if (ports.length === 1) return () => ({ port: ports[0] });
	let next = Date.now();
	return () => {
		const localPort = first + (next++ % (last - first + 1));
		return { port: ports[localPort % ports.length], localPort };
	};
}
