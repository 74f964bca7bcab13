// Clients that read or write a byte now and then, on real XS over real TCP, while others go on.

import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { within } from "../../deadline";
import { expectAsQuick } from "../beside";
import { noSoonerThan } from "../elapsed";
import { curl, type Site, startSite, variants } from "./site";

const slow: Slow[] = [];
const sites: Site[] = [];
afterEach(async () => {
	for (const { socket } of slow.splice(0)) socket.destroy();
	for (const { desk } of sites.splice(0)) expect(await desk.stop()).toEqual({ code: 0, signal: null });
});

/** Sends a text, then does something every 100 ms. */
class Slow {
	readonly socket: Socket;
	readonly closed: Promise<void>;
	received = "";

	constructor({ port }: Site, text: string, act: (slow: Slow) => void) {
		slow.push(this);
		this.socket = connect({ port, host: "127.0.0.1" });
		this.socket.write(text);
		const timer = setInterval(() => act(this), 100);
		this.closed = new Promise(resolve => {
			this.socket
				.on("error", () => {})
				.on("close", () => {
					clearInterval(timer);
					resolve();
				});
		});
	}
}

const readers = (site: Site, count: number) =>
	Array.from({ length: count }, () => {
		const text = "GET /big/30000000 HTTP/1.1\r\nHost: a\r\n\r\n";
		const reader = new Slow(site, text, ({ socket }) => void socket.read(1));
		reader.socket.on("readable", () => {});
		return reader;
	});

const writers = (site: Site, count: number) =>
	Array.from({ length: count }, () => {
		const head = "POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n";
		const writer = new Slow(site, head, ({ socket }) => void socket.write("x"));
		writer.socket.on("data", chunk => {
			writer.received += chunk;
		});
		return writer;
	});

describe.each(variants)("slow clients on the desk host, %s", variant => {
	async function start(timeout: number): Promise<Site> {
		const limits = { maxConnections: 16, bodyTimeout: timeout, writeTimeout: timeout, minRate: 1000 };
		const site = await startSite(variant, limits);
		sites.push(site);
		return site;
	}

	test("Z2 others are served without delay beside ten slow ones", async () => {
		const [site, untouched] = [await start(600_000), await start(600_000)];
		const all = [...readers(site, 5), ...writers(site, 5)];
		await Promise.all(all.map(({ socket }) => new Promise(resolve => socket.once("connect", resolve))));
		const visit = async ({ url }: Site) =>
			expect((await curl(`${url}/hello/[1-30]`)).match(/Hello, \d+/g)).toHaveLength(30);
		await expectAsQuick(() => visit(site), { times: 4, control: () => visit(untouched) });
		expect(all.map(({ socket }) => socket.destroyed)).toEqual(Array(10).fill(false));
	});

	test("Z2 slow ones are cut off in the end, senders with a 408", async () => {
		const site = await start(2000);
		const started = performance.now();
		const waiting = writers(site, 2);
		readers(site, 2);
		const closed = Promise.all(waiting.map(each => each.closed));
		await noSoonerThan(2000, started, within(10_000, "an end of the slow writers", closed));
		expect(waiting.map(({ received }) => received.slice(0, 12))).toEqual(Array(2).fill("HTTP/1.1 408"));
		const given = site.desk.waitForLine(/(Client does not read[\s\S]*){2}/);
		await noSoonerThan(2000, started, given);
	});
});
