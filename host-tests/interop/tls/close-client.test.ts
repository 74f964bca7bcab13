// A client closes over what is on its way (row E8), and a program of net.TLS learns what was lost (row D9).

import { describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { openSSLReader } from "../client/peers";
import { type Desk, startDesk } from "../desk";
import { closedFor, delay, folder, givenUp, portOf, start, written } from "./close-peers";

describe("E8 a client closes over a full connection", () => {
	test("E8 openssl s_server that reads late receives all of it, and an orderly end", async () => {
		const peer = await openSSLReader(folder, "server");
		const client: Desk = start({ fills: true, port: await delay(peer.port, () => closedFor(client), true) });
		await client.exit;
		const count = await written(client);
		const received = () => (peer.output.match(/x{100,}/g) ?? []).join("").length;
		await until(
			() => received() >= count,
			() => `${count} bytes: ${received()} came`
		);
		expect(received()).toBe(count);
		expect(peer.output).not.toContain("unexpected eof");
	});

	test("E8 a server of ours that reads late", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => closedFor(client), true);
		const client = start({ fills: true, port });
		const [line] = await server.waitForLine(/^(?:ended|error TRUNCATED) after \d+$/m);
		expect(line).toBe(`ended after ${await written(client)}`);
	});

	test("E8 a server of ours that reads after five seconds", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => givesUp, true);
		const client = start({ fills: true, port });
		const givesUp = givenUp(client);
		await givesUp;
		const [line, count] = await server.waitForLine(/^(?:ended|error TRUNCATED) after (\d+)$/m);
		expect(line).toMatch(/^error TRUNCATED/);
		expect(Number(count)).toBeLessThanOrEqual(await written(client));
	});
});

describe("D9 E8 net.TLS", () => {
	test("D9 E8 bytes that are lost are reported to the caller, and the peer's input is truncated", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => client.waitForLine(/closed, lost/), true);
		const main = "build/js/host-tests/programs/client/net-tls.js";
		const client = startDesk({ main, resources: [folder.path], config: { port, send: 40_000_000, closeAtOnce: true } });
		const lost = Number((await client.waitForLine(/closed, lost (\d+)/))[1]);
		const [, count] = await server.waitForLine(/^error TRUNCATED after (\d+)$/m);
		expect(lost).toBeGreaterThan(0);
		expect(Number(count) + lost).toBe(40_000_000);
	});

	test("D9 E8 without a loss the end is orderly", async () => {
		const server = start();
		const main = "build/js/host-tests/programs/client/net-tls.js";
		const config = { port: await portOf(server), send: 1000, closeAtOnce: true };
		const client = startDesk({ main, resources: [folder.path], config });
		await client.waitForLine(/closed, lost 0/);
		await server.waitForLine(/^ended after 1000$/m);
	});
});
