// What clients send that is kept until somebody comes to it: trailers, parts of forms in one piece, lists of a ClientHello, bytes each in a
// record of its own, requests behind one that is not answered; and clients that send no more, but take.
import { setTimeout as sleep } from "node:timers/promises";
import { extension, helloWith, vector } from "../client-hello.cjs";
import { whenClosed } from "./handshake-attacks.mjs";
import { head, over } from "./http-attacks.mjs";
import { frame, on, opcode } from "./websocket-attacks.mjs";
import { answer, closed, tcp, tired, write } from "./wire.mjs";

const multipart = "Content-Type: multipart/form-data; boundary=b";
const begin = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n";
const fill = (dice, most) => dice.pick(["x", "a=b&", "%41", "[", "\0"]).repeat(dice.length(most));

/** A ClientHello of some 8 kB, nearly all of it one list. */
function longList(dice) {
	const names = dice.pick(["\x01p", `\xff${"p".repeat(255)}`, `\x08${"http/1.1"}`]);
	const numbers = Buffer.alloc(2 * dice.pick([33, 1000, 3900]), "\x13\x01");
	const lists = [
		extension(0, vector(2, Buffer.concat([Buffer.of(0), vector(2, Buffer.alloc(dice.pick([256, 7800]), "a"))]))),
		extension(16, vector(2, Buffer.from(names.repeat(dice.pick([30, Math.floor(7800 / names.length)])), "latin1"))),
		extension(dice.pick([10, 13, 50]), vector(2, numbers))
	];
	const some = dice.pick([[lists[0]], [lists[1]], [lists[2]], []]);
	const ciphers = some.length > 0 ? Buffer.of(0x13, 1) : numbers;
	return helloWith(ciphers, ...some);
}

export const heldAttacks = {
	trailers: over(async (socket, _, dice, site) => {
		const line = dice.pick([
			"a:\r\n",
			"trailer: value\r\n",
			`X: ${"x".repeat(900)}\r\n`,
			`X: ${"\xe9".repeat(900)}\r\n`
		]);
		const lines = line.repeat(dice.pick([10, 56, 63, 64]));
		const start = head(`POST ${dice.pick(site.posts)}`, "Transfer-Encoding: chunked");
		await write(socket, `${start}${dice.pick(["", "1\r\nx\r\n", `200\r\n${"x".repeat(512)}\r\n`])}0\r\n${lines}`);
		await sleep(dice.upTo(0, 3000));
		await write(socket, "\r\n");
		return answer(socket);
	}),

	emptyParts: over(async (socket, _, dice, site) => {
		const part = dice.pick(["\r\n--b\r\n\r\n", "\r\n--b\r\na:\r\n\r\n", `\r\n${begin.slice(0, -2)}\r\n`]);
		const parts = begin + part.repeat(dice.pick([9, 50, 62, 64]));
		await write(
			socket,
			head(`POST ${dice.pick(site.posts)}`, multipart, `Content-Length: ${parts.length + 100}`) + parts
		);
		await sleep(dice.upTo(0, 3000));
		return answer(socket);
	}),

	async longLists(attack) {
		if (attack.site.isPlain) return "no TLS";
		const { dice } = attack;
		const ends = [];
		for (let count = dice.upTo(1, 4); count > 0; count--) {
			const socket = tcp(attack);
			socket.write(longList(dice));
			ends.push(whenClosed(socket, dice.upTo(50, 1500)));
		}
		return (await Promise.all(ends)).sort().join(" or ");
	},

	byteRecords: over(async (socket, _, dice, site) => {
		const content = fill(dice, 200);
		const type = dice.pick([multipart, "Content-Type: application/x-www-form-urlencoded", "X: y"]);
		for (const byte of head(`POST ${dice.pick(site.posts)}`, type, `Content-Length: ${content.length}`) + content) {
			if (socket.destroyed) break;
			await write(socket, byte);
			await sleep(dice.upTo(0, 3));
		}
		return answer(socket);
	}),

	byteChunks: over(async (socket, _, dice, site) => {
		await write(socket, head(`POST ${dice.pick(site.posts)}`, multipart, "Transfer-Encoding: chunked"));
		for (const byte of begin + fill(dice, 300)) {
			if (socket.destroyed) break;
			await write(socket, `1;${"e".repeat(dice.pick([0, 0, 250]))}\r\n${byte}\r\n`);
		}
		await write(socket, "0\r\n\r\n");
		return answer(socket);
	}),

	pipelinedPosts: over(async (socket, _, dice, site) => {
		const requests = Array.from({ length: dice.length(40) }, () => {
			const content = fill(dice, 700);
			const fields = dice.pick([[], [multipart], ["Expect: 100-continue"], ["Connection: close"]]);
			return head(`POST ${dice.pick(site.posts)}`, `Content-Length: ${content.length}`, ...fields) + content;
		});
		await write(socket, requests.join(""));
		return answer(socket);
	}),

	/** Ends what it sends, and goes on to take, or not. */
	halfClosed: over(async (socket, { sockets }, dice, site) => {
		socket.allowHalfOpen = true;
		if (dice.upTo(0, 1)) for (const way of sockets) way.pause();
		socket.end(head(`GET ${dice.pick([...site.long, ...site.events, ...site.patient])}`).repeat(dice.pick([1, 3])));
		await Promise.race([closed(socket), sleep(dice.upTo(100, tired))]);
	}),

	controlsWithin: on(async (socket, dice) => {
		await write(socket, frame(opcode.text, 1, { fin: false }));
		for (let count = dice.length(300); count > 0 && !socket.destroyed; count--) {
			await write(socket, frame(dice.pick([opcode.ping, opcode.pong]), dice.pick([0, 125])));
			await write(socket, frame(opcode.continuation, dice.length(60), { fin: false }));
		}
		await write(socket, frame(dice.pick([opcode.continuation, opcode.close]), 0));
	})
};
