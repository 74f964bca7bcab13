// Good, broken and vanishing clients by the thousand: memory stays flat, and none disturbs another.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Variant } from "../desk";
import { type Site, startSite } from "./site";

/** Bytes that may come and go with the moment of measuring; one slot leaked by each connection is six times that and more. */
const leeway = 3000;

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (path: string, fields: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;

type Kind = readonly [name: string, text: string, answer?: RegExp];

/** What a client sends, and what it waits for before it leaves; a kind without an answer leaves at once. */
const kinds: readonly [Kind, ...Kind[]] = [
	["three requests in a row", get("/hello/1") + get("/hello/2") + get("/hello/3"), /Hello, 3$/],
	["an upload that is sent back", post("/echo", "Content-Length: 3000") + "x".repeat(3000), /x\r\n0\r\n\r\n$/],
	["a chunked upload", `${post("/text", "Transfer-Encoding: chunked")}3\r\nabc\r\n0\r\n\r\n`, /abc$/],
	["leaves in the middle of a head", "GET / HTTP/1.1\r\nHost: lo"],
	["leaves in the middle of a body", `${post("/echo", "Content-Length: 3000")}abc`, /abc\r\n$/],
	["leaves before a late answer", get("/later")],
	["leaves in the middle of a download", get("/big/1000000"), /0123/],
	["garbage", "\x16\x03\x01\x02\0\x01\r\n\r\n", / 400 /],
	["a smuggler", post("/text", "Content-Length: 3\r\nTransfer-Encoding: chunked"), / 400 /],
	["a handler that fails", get("/fail"), / 500 /],
	["a bad chunk", `${post("/text", "Transfer-Encoding: chunked")}+3\r\nabc`, / 400 /]
];

function open(port: number): Socket {
	return connect({ port, host: "127.0.0.1" })
		.setEncoding("latin1")
		.on("error", () => {});
}

/** A client of that kind, from beginning to end. */
async function visit(port: number, [name, text, answer]: Kind): Promise<void> {
	const socket = open(port);
	let received = "";
	const answered = new Promise<void>((resolve, reject) => {
		socket.on("data", chunk => {
			received += chunk;
			if (answer?.test(received)) resolve();
		});
		socket.setTimeout(10_000, () => reject(new Error(`No answer to ${name}: ${received}`)));
	});
	await new Promise(resolve => socket.write(text, "latin1", resolve));
	if (answer !== undefined) await answered;
	socket.destroy();
	await once(socket, "close");
}

describe("soak on the desk host", () => {
	let site: Site;
	afterEach(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** Bytes that the site holds once every connection but the asking one, and every late answer, is gone. */
	const memory = async () => {
		await new Promise(resolve => setTimeout(resolve, 200));
		const answer = await fetch(`${site.url}/memory`, { headers: { connection: "close" } });
		return (await answer.json()) as { slots: number; chunks: number; allocated: number; peers: number };
	};
	const visits = async (count: number) => {
		for (let turn = 0; turn < count; turn += kinds.length) await Promise.all(kinds.map(kind => visit(site.port, kind)));
	};

	test.each<[Variant, number]>([
		["release", 10_000],
		["debug", 600]
	])(
		"memory is flat, %s, %i connections of all kinds",
		async (variant, count) => {
			site = await startSite(variant, { lingerTimeout: 20, maxConnections: 16 });
			await visits(400);
			const before = await memory();
			await visits(count);
			const after = await memory();
			expect(after.peers).toBe(1);
			expect(after.slots - before.slots).toBeLessThan(leeway);
			expect(after.chunks - before.chunks).toBeLessThan(leeway);
			expect(after.allocated - before.allocated).toBeLessThan(leeway);
		},
		120_000
	);

	test("Z2 clients that do not read, or send a byte at a time, do not delay others, and are cut off", async () => {
		site = await startSite("release", { writeTimeout: 500, headTimeout: 500, maxConnections: 16 });
		const stalled = Array.from({ length: 8 }, (_, n) => {
			const socket = open(site.port);
			socket.write(n < 4 ? get("/big/100000000") : "G");
			socket.pause();
			return socket;
		});
		const drip = setInterval(() => stalled.slice(4).forEach(socket => void socket.write("X")), 100);
		const started = Date.now();
		for (let turn = 0; turn < 200; turn++) await visit(site.port, kinds[0]);
		expect(Date.now() - started).toBeLessThan(5000);
		await site.desk.waitForLine(/(?:disconnected \d+ .*does not read\n(?:.*\n)*){4}/);
		clearInterval(drip);
		for (const socket of stalled) socket.destroy();
	});
});
