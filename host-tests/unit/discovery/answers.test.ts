// What a device says in multicast DNS.

import { expect, test } from "@jest/globals";
import { response as answer, farewell, probe } from "../../../modules/discovery/multicast-dns/messages";
import { namesOf } from "../../../modules/discovery/multicast-dns/names";
import { encodeTXT } from "../../../modules/discovery/multicast-dns/txt";
import { message, read, types } from "./dns";

const services = [
	{ serviceType: "_https._tcp", port: 443, txt: encodeTXT(new Map([["path", "/"]])) },
	{ serviceType: "_http._tcp", port: 80, txt: encodeTXT(undefined) }
];
const own = namesOf("lamp", "192.168.1.5", services);

test("Z15 a probe asks for all its names, and says what it would have", () => {
	expect(read(probe(own))).toEqual({
		id: 0,
		flags: 0,
		questions: [
			"lamp.local ANY 8001",
			"lamp._https._tcp.local ANY 8001",
			"lamp._http._tcp.local ANY 8001",
			"lamp.local A 8001"
		],
		records: ["lamp.local A 120 192.168.1.5"]
	});
});

const ofHost = (life: number, mark = "!") => [
	`lamp.local A${mark} ${life} 192.168.1.5`,
	`lamp.local NSEC${mark} ${life} 046c616d70056c6f63616c00000140`
];

test("Z15 all, once and again, and that it goes", () => {
	expect(read(answer(own, services.slice(0, 1), "all")).records).toEqual([
		"_services._dns-sd._udp.local PTR 4500 _https._tcp.local",
		"_https._tcp.local PTR 4500 lamp._https._tcp.local",
		"lamp._https._tcp.local SRV! 120 0 0 443 lamp.local",
		"lamp._https._tcp.local TXT! 4500 06706174683d2f",
		...ofHost(120)
	]);
	expect(read(answer(own, [], "goodbye")).records).toEqual(ofHost(0));
	expect(read(farewell(own, services[1] as never, 1)).records).toEqual([
		"_http._tcp.local PTR 0 lamp._http._tcp.local",
		"lamp._http._tcp.local SRV! 0 0 0 80 lamp.local",
		"lamp._http._tcp.local TXT! 0 00"
	]);
	expect(answer(own, services, "all").length).toBeLessThan(1_472);
});

test("Z15 to one who speaks plain DNS: his number and questions, and nothing to keep for long", () => {
	const asked = message({ id: 0x1234, questions: [{ name: "lamp.local", type: types.A }] });
	const said = read(answer(own, [], "legacy", asked));
	expect(said).toMatchObject({ id: 0x1234, flags: 0x8400, questions: ["lamp.local A 1"], records: ofHost(10, "") });
});

test("Z15 TXT data have a bound", () => {
	expect(() => encodeTXT(new Map([["path", "x".repeat(123)]]))).toThrow(RangeError);
	expect(
		Buffer.from(
			encodeTXT(
				new Map([
					["a", "1"],
					["b", ""]
				])
			)
		).toString()
	).toBe("\x03a=1\x02b=");
});
