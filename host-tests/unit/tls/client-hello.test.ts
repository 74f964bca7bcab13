import { expect, test } from "@jest/globals";
import { readHello } from "tls/client-hello";
import { limits } from "tls/limits";

/** Reads a ClientHello whose lists of numbers have `count` entries, and that names as many protocols. */
function read(count: number) {
	const numbers = new DataView(new ArrayBuffer(2 * count));
	for (let i = 0; i < count; i++) numbers.setUint16(2 * i, 0x1301 + i);
	const protocols = new TextEncoder().encode("\x01p".repeat(count)).buffer;
	const hello = (field: number) => (field === 0 ? undefined : field === 1 ? protocols : numbers.buffer);
	return readHello({ hello } as never);
}

test("Z12 a ClientHello with thousands of suites and protocols takes no more of XS than one with 64", () => {
	const most = limits.helloNames;
	for (const count of [0, most - 1, most, most + 1, 2000]) {
		const { servername, ALPNProtocols, ...lists } = read(count);
		const kept = Array.from({ length: Math.min(count, most) }, (_, i) => i);
		expect(servername).toBeUndefined();
		expect(ALPNProtocols).toEqual(kept.map(() => "p"));
		for (const list of Object.values(lists)) expect(list).toEqual(kept.map(i => 0x1301 + i));
	}
});

test("Z12 a server name that is longer than that of any host is none", () => {
	for (const [length, expected] of [
		[255, "a".repeat(255)],
		[256, undefined]
	] as const) {
		const name = new TextEncoder().encode("A".repeat(length)).buffer;
		const hello = (field: number) => (field === 0 ? name : undefined);
		expect(readHello({ hello } as never).servername).toBe(expected);
	}
});

test("Z12 protocols with long names are read up to 512 bytes: those that wait for `select` hold them", () => {
	const names = [255, 200, 54, 1].map(length => "p".repeat(length));
	const list = Uint8Array.from(names.flatMap(name => [name.length, ...new TextEncoder().encode(name)]));
	const hello = (field: number) => (field === 1 ? list.buffer : undefined);
	const { ALPNProtocols } = readHello({ hello } as never);
	expect(ALPNProtocols).toEqual(names.slice(0, 3));
});
