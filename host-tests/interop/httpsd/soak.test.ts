// Good, broken and vanishing clients by the thousand: memory stays flat, and none disturbs another.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until, within } from "../../deadline";
import { expectAsQuick } from "../beside";
import type { Variant } from "../desk";
import { noSoonerThan } from "../elapsed";
import { settled } from "../settled";
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
	const answered = new Promise<void>(resolve => {
		socket.on("data", chunk => {
			received += chunk;
			if (answer?.test(received)) resolve();
		});
	});
	await new Promise(resolve => socket.write(text, "latin1", resolve));
	if (answer !== undefined) await within(10_000, () => `an answer to ${name}: ${received}`, answered);
	socket.destroy();
	await once(socket, "close");
}

describe("soak on the desk host", () => {
	let site: Site;
	let drip: NodeJS.Timeout | undefined;
	const stalled: Socket[] = [];
	const sites: Site[] = [];
	afterEach(async () => {
		clearInterval(drip);
		for (const socket of stalled.splice(0)) socket.destroy();
		for (const { desk } of sites.splice(0)) expect(await desk.stop()).toEqual({ code: 0, signal: null });
	});

	async function start(...parameters: Parameters<typeof startSite>): Promise<Site> {
		const started = await startSite(...parameters);
		sites.push(started);
		return started;
	}

	/** Bytes that the site holds once every connection but the asking one, and every late answer, is gone. */
	const memory = async () => {
		const measure = async () => {
			const answer = await fetch(`${site.url}/memory`, { headers: { connection: "close" } });
			return (await answer.json()) as { slots: number; chunks: number; allocated: number; peers: number };
		};
		await until(async () => (await measure()).peers === 1, "an end of all connections but one");
		return settled(measure, ({ slots, chunks }) => slots + chunks);
	};
	const visits = async (count: number) => {
		for (let turn = 0; turn < count; turn += kinds.length) await Promise.all(kinds.map(kind => visit(site.port, kind)));
	};

	test.each<[Variant, number]>([
		["release", 10_000],
		["debug", 600]
	])("memory is flat, %s, %i connections of all kinds", async (variant, count) => {
		site = await start(variant, { lingerTimeout: 20, maxConnections: 16 });
		await visits(400);
		const before = await memory();
		await visits(count);
		const after = await memory();
		expect(after.peers).toBe(1);
		expect(after.slots - before.slots).toBeLessThan(leeway);
		expect(after.chunks - before.chunks).toBeLessThan(leeway);
		expect(after.allocated - before.allocated).toBeLessThan(leeway);
	});

	/** Four that do not read, and four that send a byte at a time. */
	function stallAt({ port }: Site): void {
		for (let count = 0; count < 8; count++) {
			const socket = open(port);
			socket.write(count < 4 ? get("/big/100000000") : "G");
			stalled.push(socket.pause());
		}
		drip = setInterval(() => stalled.slice(4).forEach(socket => void socket.write("X")), 100);
	}

	test("Z2 clients that do not read, or send a byte at a time, do not delay others", async () => {
		const limits = { writeTimeout: 600_000, headTimeout: 600_000, maxConnections: 16 };
		site = await start("release", limits);
		const untouched = await start("release", limits);
		stallAt(site);
		const often = async ({ port }: Site) => {
			for (let turn = 0; turn < 15; turn++) await visit(port, kinds[0]);
		};
		await expectAsQuick(() => often(site), { times: 4, control: () => often(untouched) });
		expect(stalled.map(socket => socket.destroyed)).toEqual(Array(8).fill(false));
	});

	test("Z2 clients that do not read are cut off", async () => {
		site = await start("release", { writeTimeout: 500, headTimeout: 600_000, maxConnections: 16 });
		const started = performance.now();
		stallAt(site);
		const cutOff = site.desk.waitForLine(/(?:disconnected \d+ .*does not read\n(?:.*\n)*){4}/);
		await noSoonerThan(500, started, cutOff);
	});
});
