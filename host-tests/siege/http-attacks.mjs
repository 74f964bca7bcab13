// What clients do to HTTP. `attack.site` says what there is: paths to get and to post to.
import { setTimeout as sleep } from "node:timers/promises";
import { answer, outcome, tired, tls, write } from "./wire.mjs";

const head = (line, ...fields) => `${line} HTTP/1.1\r\nHost: a\r\n${fields.map(field => `${field}\r\n`).join("")}\r\n`;
const form = "Content-Type: application/x-www-form-urlencoded";
const multipart = "Content-Type: multipart/form-data; boundary=b";
const part = size => `--b\r\nContent-Disposition: form-data; name=a\r\n\r\n${"x".repeat(size)}\r\n`;
const bodies = [
	size => ["x".repeat(size)],
	size => ["\0".repeat(size)],
	size => ["&".repeat(size), form],
	size => [`[${"{},".repeat(size / 3)}0]`],
	size => [`${part(size)}--b--\r\n`, multipart],
	size => [`${part(9).repeat(size / 60 + 1)}--b--\r\n`, multipart]
];

/** An attack on an open connection. */
const over = act => async attack => {
	const socket = await tls(attack);
	if (socket === undefined) return "no handshake";
	return (await act(socket, attack, attack.dice, attack.site)) ?? outcome(socket);
};

const body = (dice, site) => {
	const [content, ...fields] = dice.pick(bodies)(dice.length(200_000));
	return [head(`POST ${dice.pick(site.posts)}`, `Content-Length: ${content.length}`, ...fields), content];
};

export const httpAttacks = {
	stays: over(async (socket, _, dice, site) => {
		socket.write(head(`GET ${dice.pick(site.gets)}`));
		await sleep(dice.upTo(500, tired));
	}),

	slowHead: over(async (socket, _, dice, site) => {
		for (const byte of head(`GET ${dice.pick(site.gets)}`, "X: 0123456789")) {
			await write(socket, byte);
			await sleep(dice.upTo(1, 60));
		}
		return answer(socket);
	}),

	hugeHead: over(async (socket, _, dice, site) => {
		const size = dice.length(20_000);
		const fields = dice.pick([[`X: ${"x".repeat(size)}`], Array.from({ length: size / 4 }, (_, i) => `a${i}:`)]);
		await write(socket, head(`GET ${dice.pick(site.gets)}?${"&".repeat(dice.length(2000))}`, ...fields));
		return answer(socket);
	}),

	pipelines: over(async (socket, _, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.gets)}`).repeat(dice.length(1000)));
		return answer(socket);
	}),

	post: over(async (socket, _, dice, site) => {
		for (const piece of body(dice, site)) await write(socket, piece);
		return answer(socket);
	}),

	slowBody: over(async (socket, _, dice, site) => {
		const [first, content] = body(dice, site);
		await write(socket, first);
		for (let at = 0; at < content.length && at < 100; at++) {
			await write(socket, content[at]);
			await sleep(dice.upTo(1, 50));
		}
	}),

	breaksOffBody: over(async (socket, { sockets }, dice, site) => {
		const [first, content] = body(dice, site);
		await write(socket, first + content.slice(0, dice.length(content.length)));
		await sleep(dice.upTo(0, 100));
		for (const way of sockets) way.resetAndDestroy();
	}),

	chunks: over(async (socket, _, dice, site) => {
		await write(socket, head(`POST ${dice.pick(site.posts)}`, "Transfer-Encoding: chunked"));
		const size = dice.length(100);
		const chunk = `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`;
		await write(socket, `${chunk.repeat(dice.length(50_000 / size))}${dice.pick(["0\r\n\r\n", "", "g\r\n"])}`);
		return answer(socket);
	}),

	/** Begins content while it holds a part of another, on as many connections as there are places, and then wants more of each. */
	async holdsAndWaits(attack) {
		const { dice, places } = attack;
		const count = dice.upTo(2, Math.max(places, 2));
		const each = async () => {
			const socket = await tls(attack);
			if (socket === undefined) return "no handshake";
			const size = dice.pick([500, 1000, 1024, 2048]);
			const chunk = `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`;
			await write(socket, `${head(`POST ${dice.pick(attack.site.posts)}`, "Transfer-Encoding: chunked")}${chunk}`);
			await sleep(dice.upTo(200, 1000));
			await write(socket, dice.pick([chunk, `${chunk}0\r\n\r\n`, chunk.repeat(3)]));
			return answer(socket);
		};
		const ends = await Promise.all(Array.from({ length: count }, each));
		return [...new Set(ends)].sort().join(" or ");
	},

	continues: over(async (socket, _, dice, site) => {
		await write(socket, head(`POST ${dice.pick(site.posts)}`, "Content-Length: 5", "Expect: 100-continue"));
		await sleep(dice.upTo(0, 2000));
		await write(socket, "12345");
		return answer(socket);
	}),

	ranges: over(async (socket, _, dice, site) => {
		const ranges = Array.from(
			{ length: dice.length(100) },
			() => `${dice.length(5000)}-${dice.pick(["", dice.length(9000)])}`
		);
		await write(socket, head(`GET ${dice.pick(site.gets)}`, `Range: bytes=${ranges.join(",")}`));
		return answer(socket);
	}),

	readsNothing: over(async (socket, { sockets }, dice, site) => {
		for (const way of sockets) way.pause();
		await write(socket, head(`GET ${dice.pick(site.long)}`).repeat(dice.upTo(1, 5)));
		await sleep(dice.upTo(500, tired));
	}),

	readsSlowly: over(async (socket, { sockets }, dice, site) => {
		await write(socket, head(`GET ${dice.pick(site.long)}`));
		for (let round = 0; round < 20 && !socket.destroyed; round++) {
			for (const way of sockets) way.pause();
			await sleep(200);
			for (const way of sockets) way.resume();
			await sleep(dice.upTo(1, 50));
		}
	})
};

export { head, over };
