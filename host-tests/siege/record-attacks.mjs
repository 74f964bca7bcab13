// Records that are begun and left, by as many clients as there are places.
import { setTimeout as sleep } from "node:timers/promises";
import { whenClosed } from "./handshake-attacks.mjs";
import { tcp, tired, tls } from "./wire.mjs";

let isCrowded = false;
/** As many clients as there are places do it, each in its own way; while others do so, one. */
const all = async (attack, act) => {
	const isFirst = !isCrowded;
	isCrowded = true;
	const ends = await Promise.all(Array.from({ length: isFirst ? attack.places : 1 }, () => act()));
	if (isFirst) isCrowded = false;
	return [...new Set(ends)].sort().join(" or ");
};

/** Lengths of records: short ones, the longest that there are, and beyond. */
const lengths = [2304, 2305, 9216, 16401, 16640, 65535];

export const recordAttacks = {
	/** The header of a record that will never be whole, and some bytes of it: in the place of a ClientHello. */
	recordsLeft: attack =>
		all(attack, () => {
			const { dice } = attack;
			const [length, stays] = [dice.pick(lengths), dice.upTo(500, tired)];
			const socket = tcp(attack);
			socket.write(Buffer.of(22, 3, 1, length >> 8, length & 255));
			socket.write(dice.bytes(dice.length(length) - 1));
			return whenClosed(socket, stays);
		}),

	/** The same within a handshake, behind the ClientHello. */
	recordsLeftWithin: attack =>
		all(attack, async () => {
			const { dice } = attack;
			const [length, stays] = [dice.pick(lengths), dice.upTo(500, tired)];
			let sent = 0;
			const socket = await tls(attack, async (way, bytes) => {
				if (sent++ === 0) way.write(bytes);
				else if (sent === 2) {
					way.write(Buffer.of(dice.pick([22, 23]), 3, 3, length >> 8, length & 255));
					way.write(dice.bytes(dice.length(length) - 1));
					await whenClosed(way, stays);
				}
			});
			return socket === undefined ? "dropped" : "done";
		}),

	/** The same after it, behind a request or before any. */
	recordsLeftBehind: attack =>
		all(attack, async () => {
			const { dice } = attack;
			const [length, stays, asks] = [dice.pick(lengths), dice.upTo(500, tired), dice.upTo(0, 1) === 1];
			const rest = dice.bytes(dice.length(length) - 1);
			let tail;
			const socket = await tls(attack, async (way, bytes) => {
				tail = way;
				way.write(bytes);
			});
			if (socket === undefined) return "no handshake";
			if (asks) {
				socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
				await sleep(300);
			}
			tail.write(Buffer.of(23, 3, 3, length >> 8, length & 255));
			tail.write(rest);
			return whenClosed(tail, stays);
		})
};
