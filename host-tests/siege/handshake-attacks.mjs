// What clients do to TLS. An attack gives a word for how it ended.
import { setTimeout as sleep } from "node:timers/promises";
import { longHello } from "./long-hello.mjs";
import { closed, tcp, tired, tls } from "./wire.mjs";

/** How it is after so many milliseconds. */
export const whenClosed = (socket, milliseconds) =>
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
