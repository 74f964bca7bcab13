// One name on the network: asked for, held, defended, lost.

import { expect, jest, test } from "@jest/globals";
import { ask, eachHasItsHolder, group, holder, other, rival } from "./holder";

eachHasItsHolder();

test("Z15 three probes 250 ms apart, then the name is held and announced twice (RFC 6762 §8)", () => {
	holder.claim();
	jest.advanceTimersByTime(740);
	expect(holder.network.take().map(({ to, questions }) => [to, questions[0]])).toEqual(
		Array(3).fill([group, "lamp.local ANY 8001"])
	);
	expect(holder.heard).toEqual([]);
	jest.advanceTimersByTime(3_000);
	expect(holder.heard).toEqual(["ready"]);
	expect(holder.network.take().map(({ records }) => records[0])).toEqual(
		Array(2).fill("lamp.local A! 120 192.168.1.5")
	);
});

test("Z15 one who has the name objects to the probe", () => {
	holder.claim();
	holder.network.bring([other]);
	jest.advanceTimersByTime(60_000);
	expect([holder.heard, holder.network.take()]).toEqual([["error"], []]);
});

test("Z15 of two that ask at once the lesser waits a second and asks again", () => {
	holder.claim();
	jest.advanceTimersByTime(300);
	holder.network.bring([rival("192.168.1.4")]);
	expect(holder.network.take()).toHaveLength(2);
	holder.network.bring([rival("192.168.1.6")]);
	jest.advanceTimersByTime(990);
	expect(holder.network.take()).toEqual([]);
	jest.advanceTimersByTime(1_000);
	expect([holder.heard, holder.network.take().length]).toEqual([["ready"], 4]);
});

test("Z15 against one who goes on asking for ever it gives up", () => {
	holder.claim();
	for (let i = 0; i < 10; i++) holder.network.bring([rival("192.168.1.6")]);
	expect(holder.heard).toEqual(["error"]);
});

test("Z15 an objection to a name that is held is doubted once: nothing is answered meanwhile", () => {
	holder.hold();
	holder.network.bring([other, ask]);
	jest.advanceTimersByTime(700);
	expect(holder.network.take().map(({ questions }) => questions[0])).toEqual(Array(3).fill("lamp.local ANY 8001"));
	jest.advanceTimersByTime(2_000);
	expect([holder.heard, holder.network.take().length]).toEqual([["ready"], 2]);
	// Another one so soon after is an old word, or a lie.
	holder.network.bring([other, ask]);
	jest.advanceTimersByTime(1_000);
	expect(holder.network.take().map(({ records }) => records[0])).toEqual(["lamp.local A! 120 192.168.1.5"]);
	jest.advanceTimersByTime(10_000);
	holder.network.bring([other]);
	jest.advanceTimersByTime(300);
	holder.network.bring([other]);
	expect(holder.heard).toEqual(["ready", "error"]);
});

test("Z15 what is given up is said to all; what another has is not", () => {
	const { held, service } = holder.hold();
	service.close();
	held.close();
	expect(
		holder.network.take().map(({ records }) => records.map(record => record.split(" ").slice(0, 3).join(" ")))
	).toEqual([
		["_https._tcp.local PTR 0", "lamp._https._tcp.local SRV! 0", "lamp._https._tcp.local TXT! 0"],
		["lamp.local A! 0", "lamp.local NSEC! 0"]
	]);
	const { held: second } = holder.hold();
	holder.network.bring([other]);
	holder.network.bring([other]);
	holder.network.take();
	second.close();
	expect(holder.network.take()).toEqual([]);
});

test("Z15 without a network nothing is held, and messages that are too long are not looked at", () => {
	holder.network.isDown = true;
	holder.claim();
	jest.advanceTimersByTime(20_000);
	expect(holder.heard).toEqual([]);
	holder.network.isDown = false;
	jest.advanceTimersByTime(3_000);
	expect(holder.heard).toEqual(["ready"]);
	const long = new Uint8Array(1_473);
	long.set(other);
	holder.network.bring([long]);
	holder.network.take();
	jest.advanceTimersByTime(300);
	expect(holder.network.take().flatMap(({ questions }) => questions)).toEqual([]);
});

test("Z15 one name at a time, and services of that name alone", () => {
	for (const type of [
		"https",
		"_https",
		"_https._sctp",
		"_a.b._tcp",
		"_._tcp",
		"_https._tcp.",
		`_${"a".repeat(16)}._tcp`
	])
		expect(() => holder.claim(type)).toThrow("is no type of a service");
	holder.claim();
	expect(() => holder.claim()).toThrow("A Responder claims one name at a time");
	const service = { host: "lamp", serviceType: "_https._tcp", port: 443 };
	expect(() => holder.responder.advertise(service)).toThrow("The name lamp is not claimed");
	jest.advanceTimersByTime(1_000);
	expect(() => holder.responder.advertise({ ...service, host: "lamp-2" })).toThrow("The name lamp-2 is not claimed");
	expect(() => holder.responder.advertise({ ...service, port: 65_536 })).toThrow(RangeError);
	expect(() => holder.responder.advertise({ ...service, serviceType: "_ipp._tcp" })).toThrow("not for _ipp._tcp");
	holder.responder.close();
	expect(holder.network.isClosed).toBe(true);
});
