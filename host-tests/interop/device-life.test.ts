// What time does to a device, emulated: a restart, another clock, many clients one after the other, and bad ones.

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { buildSite, type Chip, startChip, whyNot } from "./device";
import { run } from "./https";
import { caFile, identityFolder } from "./identities";
import { visit } from "./identity/visit";
import { root } from "./paths";
import { besiege } from "./siege";

interface Figures {
	/** Bytes of the C heap. */
	readonly free: number;
	/** Of slots and of chunks in use. */
	readonly slots: number;
	readonly chunks: number;
	/** Bytes charged to clients. */
	readonly used: number;
}

const host = "127.0.0.1";
const flash = "build/device/life-flash.bin";
const figures = async (chip: Chip) => JSON.parse((await visit(chip.port, "GET", "/figures")).text) as Figures;
/** Bytes by which what is free may differ at rest. */
const tolerance = 2048;
const bytes = (text: string) => Buffer.from(text, "latin1");

const checks: Record<string, () => Promise<void>> = {
	async "makes an identity at first boot and has the same after a restart"() {
		const first = await startChip(flash, ["--fresh"]);
		const seen = await visit(first.port);
		await first.stop();
		const second = await startChip(flash);
		expect((await visit(second.port)).leaf.fingerprint256).toBe(seen.leaf.fingerprint256);
		expect(second.output).toContain(seen.leaf.fingerprint256);
		await second.stop();
	},
	async "goes on serving when the clock is set"() {
		const chip = await startChip(flash);
		const now = Math.floor(Date.now() / 1000);
		const { text } = await visit(chip.port, "POST", `/time/${now}`);
		expect(Math.abs(JSON.parse(text).now / 1000 - now)).toBeLessThan(5);
		const { leaf } = await visit(chip.port);
		expect(Date.parse(leaf.validTo)).toBeGreaterThan(Date.now());
		await chip.stop();
	},
	async "shows an RSA certificate of 2048 bits and signs by its key"() {
		const chip = await startChip(flash);
		for (const [path, name] of [
			["/certificate", "rsa2048.pem"],
			["/key", "rsa2048.key.pem"]
		] as const)
			await visit(chip.port, "POST", path, readFileSync(join(root, identityFolder, name), "utf8"));
		for (const version of ["1.2", "1.3"]) {
			const url = `https://localhost:${chip.guardedPort}/`;
			const ca = ["--cacert", caFile, `--tlsv${version}`, "--tls-max", version];
			expect(await run("curl", ["-sS", ...ca, url])).toMatchObject({ status: 0, stdout: '{"authorized":false}' });
		}
		await chip.stop();
	},
	async "has the same memory after 200 handshakes"() {
		const chip = await startChip(flash);
		for (let i = 0; i < 10; i++) await visit(chip.port);
		const before = await figures(chip);
		for (let i = 0; i < 200; i++) await visit(chip.port);
		const after = await figures(chip);
		expect(before.free - after.free).toBeLessThan(tolerance);
		expect(after.slots + after.chunks - before.slots - before.chunks).toBeLessThan(tolerance);
		expect(after.used).toBe(before.used);
		await chip.stop();
	},
	// lwIP remembers each for two minutes, from the heap.
	async "has the same memory after 200 clients whom it has told that they speak no TLS"() {
		const chip = await startChip(flash);
		await visit(chip.port);
		const before = await figures(chip);
		for (let i = 0; i < 200; i++) {
			const socket = connect(chip.port, host, () => socket.write("GET / HTTP/1.1\r\n\r\n"));
			await new Promise(resolve =>
				socket
					.on("error", () => {})
					.on("close", resolve)
					.resume()
			);
		}
		expect(before.free - (await figures(chip)).free).toBeLessThan(16_384);
		await chip.stop();
	},
	async "outlives a siege by the worst clients that are known, and serves a good one meanwhile"() {
		const chip = await startChip(flash, [], 24);
		expect(await besiege(60, "--seed", "1", "--served", chip.ports.join())).toMatch(/\nall held\n$/);
		expect(chip.output.match(/^listening/gm)).toHaveLength(1);
		await chip.stop();
	},
	async "outlives clients who leave, babble or send half of what they should"() {
		const chip = await startChip(flash);
		const starts = [
			"",
			"\x16\x03\x01",
			"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
			"GET / HTTP/1.1\r\n\r\n",
			"\xff".repeat(9000)
		];
		for (let round = 0; round < 4; round++) {
			const sockets = starts.map(start => {
				const socket = connect(chip.port, host).on("error", () => {});
				socket.write(bytes(start));
				return socket;
			});
			await new Promise(resolve => setTimeout(resolve, 500));
			for (const socket of sockets) socket.resetAndDestroy();
			expect((await visit(chip.port)).text).toContain("TLSv1.3");
		}
		expect(chip.output.match(/^listening/gm)).toHaveLength(1);
		await chip.stop();
	}
};

if (whyNot === undefined) {
	buildSite();
	jest.setTimeout(1_800_000);
	for (const [name, check] of Object.entries(checks)) test(`Z13 an emulated chip ${name}`, check);
} else {
	console.log(`The firmware is not run on an emulated chip: ${whyNot}`);
	for (const name of Object.keys(checks)) test.skip(`Z13 an emulated chip ${name} (skipped: ${whyNot})`, () => {});
}
