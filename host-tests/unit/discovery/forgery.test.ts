// What others say in the device's name, or from where no device of multicast DNS speaks.

import { expect, jest, test } from "@jest/globals";
import { response, types } from "./dns";
import { eachHasItsHolder, group, holder, other, rival } from "./holder";

eachHasItsHolder();

const gone = [
	response({ name: "lamp.local", type: types.A, data: "192.168.1.5", ttl: 0, flush: true }),
	response({ name: "_https._tcp.local", type: types.PTR, data: "lamp._https._tcp.local", ttl: 0 })
];

test("Z15 a goodbye that another has said for the device: all hear at once that it is there, and once a second in a flood", () => {
	holder.hold();
	for (const [at, record] of ["lamp.local A! 120 192.168.1.5", "_services._dns-sd._udp.local PTR 4500"].entries()) {
		holder.network.bring([gone[at] as Uint8Array]);
		jest.advanceTimersByTime(150);
		const [{ to, records } = { to: "", records: [] }] = holder.network.take();
		expect([to, records[0]?.startsWith(record)]).toEqual([group, true]);
		jest.advanceTimersByTime(5_000);
	}
	for (let tenth = 0; tenth < 100; tenth++) {
		holder.network.bring(gone);
		jest.advanceTimersByTime(100);
	}
	expect(holder.network.take().length).toBeLessThanOrEqual(11);
	expect(holder.heard).toEqual(["ready"]);
});

test("Z15 objections and rivals from another port than that of multicast DNS are none (RFC 6762 §6)", () => {
	holder.claim();
	jest.advanceTimersByTime(300);
	holder.network.bring([other, rival("192.168.1.6")], "192.168.1.77", 40_000);
	jest.advanceTimersByTime(500);
	expect(holder.heard).toEqual(["ready"]);
	jest.advanceTimersByTime(5_000);
	holder.network.take();
	holder.network.bring([other, ...gone], "192.168.1.77", 40_000);
	jest.advanceTimersByTime(5_000);
	expect([holder.network.take(), holder.heard]).toEqual([[], ["ready"]]);
});
