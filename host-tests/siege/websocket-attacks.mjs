// What clients do to WebSockets and event streams.
import { setTimeout as sleep } from "node:timers/promises";
import { head, over } from "./http-attacks.mjs";
import { answer, closed, tired, write } from "./wire.mjs";

const upgrade = [
	"Upgrade: websocket",
	"Connection: Upgrade",
	"Sec-WebSocket-Version: 13",
	"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=="
];
const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** A frame with a mask of zeros. */
function frame(type, length, { fin = true, fill = "x" } = {}) {
	const first = (fin ? 0x80 : 0) | type;
	const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([first, ...size, 0, 0, 0, 0]), Buffer.alloc(length, fill)]);
}

const on = act =>
	over(async (socket, attack, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.sockets)}`, ...upgrade));
		const status = await answer(socket);
		if (status !== "101") return status;
		await act(socket, dice, attack);
		await Promise.race([closed(socket), sleep(dice.upTo(0, tired))]);
		return socket.destroyed ? "101, closed" : "101";
	});

export const websocketAttacks = {
	flood: on(async (socket, dice) => {
		const each = frame(dice.pick([opcode.text, opcode.binary, opcode.ping, opcode.pong]), dice.length(125));
		await write(socket, Buffer.concat(Array(dice.length(3000)).fill(each)));
	}),

	bigMessages: on(async (socket, dice) => {
		for (let count = dice.upTo(1, 10); count > 0; count--)
			await write(socket, frame(opcode.text, dice.length(60_000), { fill: dice.pick(["x", "[", "\0"]) }));
	}),

	fragments: on(async (socket, dice) => {
		await write(socket, frame(opcode.text, 1, { fin: false }));
		const each = frame(opcode.continuation, dice.length(200), { fin: false });
		await write(socket, Buffer.concat(Array(dice.length(3000)).fill(each)));
		await write(socket, frame(opcode.continuation, 0));
	}),

	readsNothing: on(async (socket, dice, { sockets }) => {
		for (const way of sockets) way.pause();
		await write(socket, Buffer.concat(Array(dice.length(2000)).fill(frame(opcode.text, dice.length(2000)))));
		await sleep(dice.upTo(500, tired));
	}),

	badFrames: on(async (socket, dice) => void (await write(socket, dice.bytes(dice.length(500))))),

	events: over(async (socket, { sockets }, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.events)}`));
		if (dice.upTo(0, 1)) for (const way of sockets) way.pause();
		await sleep(dice.upTo(500, tired));
	}),

	tellsAll: over(async (socket, _, dice, site) => {
		for (let count = dice.upTo(1, 30); count > 0; count--)
			await write(socket, head(`POST ${dice.pick(site.tells)}`, "Content-Length: 0"));
		return answer(socket);
	})
};

export { frame, on, opcode };
