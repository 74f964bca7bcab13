// What the dashboard tells, and whom: looked at by a WebSocket client that others wrote.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { type Demo, type Message, startDemo, Viewer, visit } from "./demo";

let demo: Demo;
afterEach(() => demo.desk.stop());

const interval = 2000;

/** The certificate that a new connection is given. */
function fingerprintAt(port: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: "localhost", rejectUnauthorized: false }, () => {
			resolve(socket.getPeerCertificate().fingerprint256);
			socket.destroy();
		});
		socket.on("error", reject);
	});
}

/** What a viewer is told once all others have left, whose ends may come late. */
async function askAlone(viewer: Viewer): Promise<Message> {
	let told = await viewer.ask("0");
	const isAlone = async () => {
		if (told.open === 1) return true;
		await sleep(interval / 2 + 100);
		told = await viewer.ask("0");
		return false;
	};
	await until(isAlone, () => `an end of all others: ${told.open} are open`, 30_000);
	return told;
}

describe("Z11 what a viewer is told", () => {
	test("requests, handshakes, resumption, connections and what they do, memory and its holders", async () => {
		demo = await startDemo();
		const { port } = demo;
		for (let count = 0; count < 3; count++) expect(await visit(port, "/ca.crt")).toBe(200);
		const viewer = new Viewer(port);
		const { title, places, interval: told, canRenew } = await viewer.next();
		expect({ title, places, told, canRenew }).toEqual({
			title: "HTTPS from XS",
			places: 8,
			told: interval,
			canRenew: false
		});
		const first = await askAlone(viewer);
		expect(first).toMatchObject({ requests: 4, opened: 4, open: 1, handshakes: [4, 0], failures: [], last: 0 });
		const [row = []] = first.connections as unknown as unknown[][];
		const [id, address, , version, suite, resumed, requests, , activity] = row;
		expect([id, address, version, resumed, requests, activity]).toEqual([4, "127.0.0.1", "TLSv1.3", 0, 1, "stream"]);
		expect(suite).toMatch(/^TLS_/);
		const [slots = 0, chunks = 0, taken = 0] = first.xs as unknown as number[];
		expect(slots).toBeGreaterThan(10_000);
		expect(taken).toBeGreaterThanOrEqual(slots + chunks);
		for (let count = 0; count < 5; count++) await visit(port, "/ca.crt");
		await sleep(interval / 2 + 100);
		const second = await viewer.ask("0");
		expect(second).toMatchObject({ requests: 9, opened: 9 });
		const counts = second.latency as unknown as number[];
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
		await viewer.close();
	});

	test("failures by code, and the last errors, a few with each answer", async () => {
		demo = await startDemo();
		const { port } = demo;
		const failing = { port, host: "localhost", ciphers: "AES128-SHA", maxVersion: "TLSv1.2" } as const;
		for (let count = 0; count < 8; count++) await new Promise(resolve => connect(failing).on("error", resolve));
		const viewer = new Viewer(port);
		await viewer.next();
		const first = await viewer.ask("0");
		expect(first.failures).toEqual([["HANDSHAKE_FAILURE", 8]]);
		expect([(first.errors as unknown as string[]).length, first.last]).toEqual([6, 6]);
		expect((first.errors as unknown as string[])[0]).toMatch(
			/^\d+\tHANDSHAKE_FAILURE\t127\.0\.0\.1\tsent handshake_failure$/
		);
		await sleep(interval / 2 + 100);
		const second = await viewer.ask("6");
		expect([(second.errors as unknown as string[]).length, second.last]).toEqual([2, 8]);
	});
});

describe("Z11 who may look, and how often", () => {
	test("with a password nobody without it, neither the page nor the WebSocket; other routes stay open", async () => {
		demo = await startDemo({ adminPassword: "right" });
		const { port } = demo;
		const auth = (password: string) => ({ auth: `admin:${password}` });
		expect([
			await visit(port, "/"),
			await visit(port, "/", auth("wrong")),
			await visit(port, "/", auth("right"))
		]).toEqual([401, 401, 200]);
		expect([await visit(port, "/app.js"), await visit(port, "/ca.crt"), await visit(port, "/nowhere")]).toEqual([
			401, 200, 404
		]);
		expect(await new Viewer(port).status()).toBe(401);
		expect(await new Viewer(port, "wrong").status()).toBe(401);
		expect(await new Viewer(port, "right", "https://elsewhere.example").status()).toBe(403);
		expect(await new Viewer(port, "right", `https://localhost:${port}`).status()).toBe(101);
	});

	test("two at once; a question that comes too early is not answered", async () => {
		demo = await startDemo();
		const [one, other] = [new Viewer(demo.port), new Viewer(demo.port)];
		expect([await one.status(), await other.status()]).toEqual([101, 101]);
		expect(await new Viewer(demo.port).status()).toBe(503);
		await one.next();
		const begun = Date.now();
		await one.ask("0");
		for (let count = 0; count < 50; count++) one.socket.send("0");
		one.socket.send("identity");
		let answered = 0;
		while ((await one.next()).title === undefined) answered++;
		// One each half interval, however long a slow machine takes for all of them; both clocks count whole milliseconds.
		expect(answered).toBeLessThanOrEqual((2 * (Date.now() + 1 - begun)) / interval);
		await other.close();
		await until(async () => (await new Viewer(demo.port).status()) === 101, "a place");
	});

	test("Z5 the certificate is renewed at a viewer's word, if the device has made it and the viewer has a password", async () => {
		const preferences = mkdtempSync(join(tmpdir(), "dashboard-"));
		demo = await startDemo({ preferences, adminPassword: "right" });
		const before = await fingerprintAt(demo.port);
		const viewer = new Viewer(demo.port, "right");
		expect(await viewer.next()).toMatchObject({ fingerprint: before, canRenew: true });
		const { fingerprint } = await viewer.ask("renew");
		expect(fingerprint).not.toBe(before);
		expect(await fingerprintAt(demo.port)).toBe(fingerprint);
		expect(await viewer.ask("renew")).toEqual({ refused: "It was renewed a moment ago" });
		expect(await fingerprintAt(demo.port)).toBe(fingerprint);
		await demo.desk.stop();
		demo = await startDemo({ preferences });
		expect(await fingerprintAt(demo.port)).toBe(fingerprint);
		const stranger = new Viewer(demo.port);
		expect(await stranger.next()).toMatchObject({ canRenew: false });
		expect(await stranger.ask("renew")).toEqual({ refused: "The certificate cannot be renewed from here" });
		expect(await fingerprintAt(demo.port)).toBe(fingerprint);
	});
});
