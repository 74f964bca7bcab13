import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { decodePartition, decodeSlot, ENTRY, ROLE } from "../../../certs/lib/images/flash";
import { certs, folder, made } from "./tool";

const out = folder();
const image = join(out, "identity.bin");
const SLOT = 0x2000;
let first: Buffer;
let second: Buffer;

beforeAll(async () => {
	await made("server", "--out", out, "--host", "device.local");
	await made("client", "--out", out, "--name", "alice");
	await made("psk", "--out", out, "--identity", "device-7");
	await made("flash", "--out", out, "--offset", "0x310000");
	first = readFileSync(image);
	await made("server", "--out", out, "--host", "device.local", "--force");
	await made("flash", "--out", out, "--update");
	second = readFileSync(image);
});

describe("E1 E2 flash image", () => {
	test("E1 E2 it holds CA, chains, keys and PSKs, each for its role, in DER", () => {
		const slot = decodeSlot(first.subarray(0, SLOT));
		expect(slot?.entries.map(({ type, role }) => [type, role])).toEqual([
			[ENTRY.ca, ROLE.both],
			[ENTRY.certificate, ROLE.server],
			[ENTRY.key, ROLE.server],
			[ENTRY.certificate, ROLE.client],
			[ENTRY.key, ROLE.client],
			[ENTRY.psk, ROLE.both]
		]);
		const data = slot?.entries.map(entry => entry.data) ?? [];
		expect(data[0]).toEqual(readFileSync(join(out, "ca.der")));
		expect(data[4]).toEqual(readFileSync(join(out, "client.key.der")));
		expect(new X509Certificate(data[3] as Buffer).subject).toBe("CN=alice");
		expect(data[5]?.toString("latin1", 0, 9)).toBe("\x08device-7");
		expect(first.length).toBe(2 * SLOT);
		expect(first.subarray(SLOT).every(byte => byte === 0xff)).toBe(true);
		expect(statSync(image).mode & 0o777).toBe(0o600);
	});

	test("E2 an update leaves the old slot alone and comes into force", () => {
		expect(second.subarray(0, SLOT)).toEqual(first.subarray(0, SLOT));
		expect(readFileSync(join(out, "identity.slot1.bin"))).toEqual(second.subarray(SLOT));
		const { slots, current } = decodePartition(second);
		expect([slots[0]?.sequence, slots[1]?.sequence, current]).toEqual([1, 2, 1]);
		expect(slots[1]?.entries[1]?.data).toEqual(readFileSync(join(out, "server.der")));
	});

	test("E2 a write torn at any byte is detected, and the old identity stays in force", () => {
		const used = second.subarray(SLOT).findLastIndex(byte => byte !== 0xff) + 1;
		for (let cut = 0; cut < used; cut++) {
			const torn = Buffer.concat([second.subarray(0, SLOT + cut), Buffer.alloc(SLOT - cut, 0xff)]);
			const { slots, current } = decodePartition(torn);
			if (slots[1] !== undefined || current !== 0)
				throw new Error(`a write cut after ${cut} of ${used} bytes is taken for whole`);
		}
	});

	test("E2 a sector that kept its old bytes, and any flipped bit, are detected", () => {
		const slot = second.subarray(SLOT);
		for (let at = 0; at < 2000; at++) {
			const flipped = Buffer.from(slot);
			flipped[at] = (flipped[at] as number) ^ (1 << (at & 7));
			if (decodeSlot(flipped)?.sequence === 2 && at < 32 + slot.readUInt32LE(12))
				throw new Error(`a flip in byte ${at} is not seen`);
		}
		const mixed = Buffer.concat([slot.subarray(0, 1024), first.subarray(1024, SLOT)]);
		expect(decodeSlot(mixed)).toBeUndefined();
	});

	test("E10 the esptool lines name the slot that is not in force", async () => {
		const text = await made("flash", "--out", out, "--offset", "0x310000", "--update");
		expect(text).toContain("Line of the partition table: identity, data, undefined, 0x310000, 0x4000");
		expect(text).toContain(`esptool --port PORT write-flash 0x310000 ${image}`);
		expect(text).toContain(`esptool --port PORT write-flash 0x310000 ${join(out, "identity.slot0.bin")}`);
		expect(decodePartition(readFileSync(image)).current).toBe(0);
	});

	test("E10 an image is not overwritten, one too small and a wrong key are refused with what to do", async () => {
		const flash = (...more: string[]) => certs("flash", "--out", out, ...more);
		expect((await flash()).error).toContain("exists and is not overwritten\nAdd --update");
		await made("server", "--out", out, "--host", "device.local", "--as", "big", "--key-type", "rsa-4096");
		expect((await flash("--force", "--server", "big", "--size", "0x2000")).error).toMatch(
			/takes \d+ bytes, and a slot has 4096\nUse --size 0x4000 or more/
		);
		expect((await flash("--force", "--size", "0x3000")).error).toContain(
			"cannot be halved into sectors\nUse a multiple of 0x2000"
		);
	});
});
