// What clients do to TLS. An attack gives a word for how it ended.
import { setTimeout as sleep } from "node:timers/promises";
import { longHello } from "./long-hello.mjs";
import { closed, tcp, tired, tls } from "./wire.mjs";

const whenClosed = (socket, milliseconds) =>
	Promise.race([closed(socket).then(() => "closed"), sleep(milliseconds, "left")]);

/** The first `count` bytes arrive; what then becomes of the connection is `end`'s affair. */
const broken = (attack, count, end) => {
	let left = count;
	return tls(attack, async (socket, bytes) => {
		const part = bytes.subarray(0, Math.max(left, 0));
		left -= bytes.length;
		if (part.length > 0) socket.write(part);
		if (left < 0) await end(socket);
	});
};

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

export const handshakeAttacks = {
	silent: attack => whenClosed(tcp(attack), attack.dice.upTo(100, tired)),

	noise(attack) {
		const socket = tcp(attack);
		socket.write(attack.dice.bytes(attack.dice.length(4000)));
		return whenClosed(socket, 2000);
	},

	plainHTTP(attack) {
		const socket = tcp(attack);
		socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		return whenClosed(socket, 2000);
	},

	async brokenOff(attack) {
		const socket = await broken(attack, attack.dice.length(2000), async each => void each.resetAndDestroy());
		return socket === undefined ? "broken off" : "done";
	},

	async stalls(attack) {
		const stays = attack.dice.upTo(100, tired);
		const socket = await broken(attack, attack.dice.length(2000), () => sleep(stays));
		return socket === undefined ? "dropped" : "done";
	},

	async byteByByte(attack) {
		const pause = attack.dice.upTo(1, 30);
		const socket = await tls(attack, async (way, bytes) => {
			for (const byte of bytes) {
				if (way.destroyed) return;
				way.write(Buffer.of(byte));
				await sleep(pause);
			}
		});
		return socket === undefined ? "dropped" : "done";
	},

	async damaged(attack) {
		const at = attack.dice.length(1500);
		let passed = 0;
		const socket = await tls(attack, async (way, bytes) => {
			if (at >= passed && at < passed + bytes.length) bytes[at - passed] ^= 1 << (at % 8);
			passed += bytes.length;
			way.write(bytes);
		});
		return socket === undefined ? "refused" : "done";
	},

	async longRecord(attack) {
		const socket = tcp(attack);
		const length = attack.dice.pick([8192, 8193, 9216, 16384, 16640, 65535]);
		socket.write(Buffer.of(22, 3, 1, length >> 8, length & 255));
		socket.write(attack.dice.bytes(attack.dice.length(length)));
		return whenClosed(socket, 2000);
	},

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
		}),

	async longHello(attack) {
		const { dice } = attack;
		const stays = dice.pick([0, 0, dice.upTo(100, tired)]);
		let sent = 0;
		const socket = await tls(attack, async (way, bytes) => {
			const all = sent === 0 ? longHello(bytes, dice) : bytes;
			// All but its last byte, which comes when others have theirs there too.
			if (sent === 0 && stays > 0) {
				way.write(all.subarray(0, -1));
				await sleep(stays);
				way.write(all.subarray(-1));
			} else way.write(all);
			sent += all.length;
		});
		return socket === undefined ? "refused" : "done";
	},

	async crowd(attack) {
		const count = attack.dice.upTo(6, 8);
		const sockets = await Promise.all(Array.from({ length: count }, () => tls(attack)));
		return `${sockets.filter(Boolean).length} of ${count}`;
	},

	async badRecord(attack) {
		let spoil = false;
		const socket = await tls(
			attack,
			async (way, bytes) => void way.write(spoil ? attack.dice.bytes(bytes.length) : bytes)
		);
		if (socket === undefined) return "no handshake";
		spoil = true;
		socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		return whenClosed(socket, 2000);
	}
};
