// What multicast DNS says to a device.

import { describe, expect, test } from "@jest/globals";
import { inspect, meaning } from "../../../modules/discovery/multicast-dns/inspect";
import { namesOf } from "../../../modules/discovery/multicast-dns/names";
import { type Entry, message, query, response, types } from "./dns";

const own = namesOf("lamp", "192.168.1.5", [
	{ serviceType: "_https._tcp", port: 443 },
	{ serviceType: "_http._tcp", port: 80 }
]);
const { host, services: service, unicast, conflict, proposal, defeat } = meaning;
const pointer = { name: "_https._tcp.local", type: types.PTR, data: "lamp._https._tcp.local" };
const port = { name: "lamp._https._tcp.local", type: types.SRV, data: "443 lamp.local" };
const A = (data: string, name = "lamp.local", ttl = 120): Entry => ({ name, type: types.A, data, ttl });

describe("Z15 questions", () => {
	test.each([
		["of the host", query("lamp.local", types.A), host],
		["of the host, of another type", query("LAMP.Local", types.AAAA), host],
		["of the host, for one alone", query("lamp.local", types.ANY, true), host | unicast],
		["of the kind of service", query("_https._tcp.local", types.PTR), service],
		["of the service", query("Lamp._http._tcp.local", types.SRV), service],
		["of all kinds", query("_services._dns-sd._udp.local", types.PTR), service],
		["of another host", query("lamp-2.local", types.A), 0],
		["of a host of the same beginning", query("lampe.local", types.A), 0],
		["of a host of another domain", query("lamp.local.example", types.A), 0],
		["of another kind", query("_ipp._tcp.local", types.PTR), 0],
		["of the root", query("", types.ANY), 0]
	])("%s", (_, bytes, wanted) => expect(inspect(bytes, own)).toBe(wanted));

	test("several at once, with names that lead to others", () => {
		const questions = ["_ipp._tcp.local", "_http._tcp.local", "lamp._http._tcp.local", "lamp.local"].map(name => ({
			name,
			type: types.ANY
		}));
		expect(inspect(message({ questions }), own)).toBe(host | service);
	});

	test("answers that are known are not given, half of their life long (RFC 6762 §7.1)", () => {
		const ask = (...answers: Entry[]) =>
			inspect(message({ questions: [{ name: "_https._tcp.local", type: types.PTR }], answers }), own);
		expect(ask({ ...pointer, ttl: 4_000 })).toBe(0);
		expect(ask({ ...pointer, ttl: 2_000 })).toBe(service);
		expect(ask({ ...pointer, ttl: 4_000, data: "other._https._tcp.local" })).toBe(service);
		const address = (data: string, ttl: number) =>
			inspect(
				message({ questions: [{ name: "lamp.local", type: types.A }], answers: [A(data, "lamp.local", ttl)] }),
				own
			);
		expect([address("192.168.1.5", 100), address("192.168.1.5", 30), address("192.168.1.6", 100)]).toEqual([
			0,
			host,
			host
		]);
	});
});

describe("Z15 other devices", () => {
	test.each([
		["the same name at another address", response(A("192.168.1.6", "Lamp.LOCAL")), conflict],
		["the device's own words", response(A("192.168.1.5")), 0],
		["a name that is given up", response(A("192.168.1.6", "lamp.local", 0)), 0],
		["another name", response(A("192.168.1.6", "lamp-2.local")), 0],
		[
			"an address of another kind",
			response({ name: "lamp.local", type: types.AAAA, data: Buffer.alloc(16, 1) }),
			conflict
		],
		["the service", response({ ...port, data: "443 other.local" }), conflict],
		["the device's own service", response(port), 0],
		["that the host has gone", response(A("192.168.1.5", "lamp.local", 0)), host],
		["that the host lasts for less than half of its life", response(A("192.168.1.5", "lamp.local", 59)), host],
		["that a service has gone", response({ ...pointer, ttl: 0 }), service],
		["that another device's service has gone", response({ ...pointer, ttl: 0, data: "lamp-2._https._tcp.local" }), 0],
		["the device's own words on its service", response({ ...pointer, ttl: 4_500 }), 0],
		["that a service's port has gone", response({ ...port, ttl: 0 }), service],
		["that a service's text has gone", response({ ...port, type: types.TXT, ttl: 0, data: Buffer.alloc(1) }), service],
		["one record of several", response(A("10.0.0.1", "x.local"), A("10.0.0.2")), conflict],
		["a response with an error", message({ flags: 0x8403, answers: [A("192.168.1.6")] }), 0]
	])("%s", (_, bytes, wanted) => expect(inspect(bytes, own)).toBe(wanted));

	test("of two that ask for a name at once, the greater address has it (RFC 6762 §8.2)", () => {
		const want = (...authorities: Entry[]) =>
			inspect(message({ questions: [{ name: "lamp.local", type: types.ANY }], authorities }), own) &
			(proposal | defeat);
		const more = { name: "lamp.local", type: types.AAAA, data: Buffer.alloc(16) };
		expect([want(A("192.168.2.1")), want(more)]).toEqual([proposal | defeat, proposal | defeat]);
		expect([want(A("192.168.1.5")), want(A("192.168.0.9")), want(A("192.168.0.9"), more)]).toEqual([
			proposal,
			proposal,
			proposal
		]);
		expect(want(A("192.168.2.1", "lamp-2.local"))).toBe(0);
	});
});

describe("Z15 messages that are none", () => {
	const whole = message({
		questions: [{ name: "lamp.local", type: types.A }],
		answers: [A("192.168.1.9"), { name: "_http._tcp.local", type: types.PTR, data: "lamp._http._tcp.local" }]
	});

	test("cut off anywhere", () => {
		for (let length = 0; length < whole.length; length++) expect(inspect(whole.subarray(0, length), own)).toBe(0);
		expect(inspect(whole, own)).toBe(host);
	});

	/** Question of a name that is written out in bytes. */
	const named = (...bytes: number[]) => Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...bytes, 0, 1, 0, 1);

	test.each([
		["that leads to itself", named(0xc0, 12)],
		["that leads in a circle", named(1, 97, 0xc0, 12)],
		["that leads to the host and back", named(4, 108, 97, 109, 112, 0xc0, 12)],
		["that leads on ahead", named(0xc0, 14, 4, 108, 97, 109, 112, 0)],
		["that leads to nowhere", named(0xff, 0xff)],
		["with labels of a kind that there is not", named(0x41, 1, 0)]
	])("a name %s", (_, bytes) => expect(inspect(bytes, own)).toBe(0));

	test("more records than there are: it ends where the bytes end", () => {
		const bytes = Uint8Array.from(response(A("192.168.1.9")));
		bytes.fill(0xff, 6, 12);
		expect(inspect(bytes, own)).toBe(0);
	});

	test("garbage of every kind is read to its end and no further", () => {
		let seed = 15;
		const random = () => {
			seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
			return seed / 2 ** 32;
		};
		const seen = new Set<number>();
		for (let round = 0; round < 20_000; round++) {
			const bytes = Uint8Array.from(whole);
			for (let fault = 0; fault < 1 + (round % 4); fault++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
			seen.add(inspect(bytes, own));
		}
		expect([...seen].every(found => found >= 0 && found < 64)).toBe(true);
		expect(seen.size).toBeGreaterThan(2);
	});
});
