// Clients that read or write a byte now and then, on real XS over real TCP, while others go on.

import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { curl, type Site, startSite, variants } from "./site";

describe.each(variants)("slow clients on the desk host, %s", variant => {
	let site: Site;
	let slow: Slow[];
	beforeEach(async () => {
		site = await startSite(variant, { maxConnections: 16, bodyTimeout: 2000, writeTimeout: 2000, minRate: 1000 });
		slow = [];
	});
	afterEach(async () => {
		for (const { socket } of slow) socket.destroy();
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** Sends a text, then does something every 100 ms. */
	class Slow {
		readonly socket: Socket;
		readonly closed: Promise<void>;
		received = "";

		constructor(text: string, act: (slow: Slow) => void) {
			this.socket = connect({ port: site.port, host: "127.0.0.1" });
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

	const readers = (count: number) =>
		Array.from({ length: count }, () => {
			const reader = new Slow("GET /big/30000000 HTTP/1.1\r\nHost: a\r\n\r\n", ({ socket }) => void socket.read(1));
			reader.socket.on("readable", () => {});
			return reader;
		});

	const writers = (count: number) =>
		Array.from({ length: count }, () => {
			const head = "POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n";
			const writer = new Slow(head, ({ socket }) => void socket.write("x"));
			writer.socket.on("data", chunk => {
				writer.received += chunk;
			});
			return writer;
		});

	test("Z2 others are served without delay beside ten slow ones", async () => {
		slow = [...readers(5), ...writers(5)];
		await Promise.all(slow.map(({ socket }) => new Promise(resolve => socket.once("connect", resolve))));
		const start = performance.now();
		const output = await curl(`${site.url}/hello/[1-100]`);
		expect(output.match(/Hello, \d+/g)).toHaveLength(100);
		expect(performance.now() - start).toBeLessThan(2000);
		expect(slow.map(({ socket }) => socket.destroyed)).toEqual(Array(10).fill(false));
	});

	test("Z2 slow ones are cut off in the end, senders with a 408", async () => {
		const waiting = writers(2);
		slow = [...readers(2), ...waiting];
		await Promise.all(waiting.map(({ closed }) => closed));
		expect(waiting.map(({ received }) => received.slice(0, 12))).toEqual(Array(2).fill("HTTP/1.1 408"));
		await site.desk.waitForLine(/(Client does not read[\s\S]*){2}/);
	}, 15_000);
});
