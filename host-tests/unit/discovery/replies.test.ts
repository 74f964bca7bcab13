// Who is answered, and how often.

import { expect, jest, test } from "@jest/globals";
import { message, query, types } from "./dns";
import { ask, eachHasItsHolder, group, holder, rival } from "./holder";

eachHasItsHolder();

/** Of one who speaks plain DNS. */
const ownPort = 40_000;

test("Z15 who asks for himself is answered alone while all have heard it lately; one who wants the name is told before all", () => {
	holder.hold();
	const alone = query("lamp.local", types.A, true);
	const toWhom = () => holder.network.take().map(({ to }) => to);
	holder.network.bring([alone]);
	jest.advanceTimersByTime(100);
	expect(toWhom()).toEqual(["192.168.1.77"]);
	holder.network.bring([rival("192.168.1.77")]);
	jest.advanceTimersByTime(100);
	expect(toWhom()).toEqual([group]);
	jest.advanceTimersByTime(31_000);
	holder.network.bring([alone]);
	jest.advanceTimersByTime(100);
	expect(toWhom()).toEqual([group]);
});

test("Z15 a flood of questions: one answer a second to all, eight to single ones", () => {
	holder.hold();
	for (let tenth = 0; tenth < 100; tenth++) {
		holder.network.bring(Array(4).fill(ask));
		jest.advanceTimersByTime(100);
	}
	expect(holder.network.take().length).toBeLessThanOrEqual(11);
	for (let second = 0; second < 10; second++) {
		holder.network.bring(Array(20).fill(query("lamp.local", types.A, true)));
		holder.network.bring(Array(500).fill(ask), "192.168.1.78", ownPort);
		jest.advanceTimersByTime(1_000);
	}
	const sent = holder.network.take();
	expect(sent.length).toBe(80);
	expect(sent.every(({ to }) => to !== group)).toBe(true);
});

test("Z15 whoever speaks plain DNS, from a port of his own, is answered there", () => {
	holder.hold();
	holder.network.bring(
		[message({ id: 7, questions: [{ name: "_https._tcp.local", type: types.PTR }] })],
		"192.168.1.78",
		ownPort
	);
	const [{ to, port, records } = { to: "", port: 0, records: [] }] = holder.network.take();
	expect([to, port, records[1]]).toEqual(["192.168.1.78", ownPort, "_https._tcp.local PTR 10 lamp._https._tcp.local"]);
});

test("Z12 Z15 a long question from a port of his own, which would stand in the answer beside it, is not answered", () => {
	holder.hold();
	jest.advanceTimersByTime(5_000);
	holder.network.take();
	const answersTo = (length: number) => {
		const name = `${"a".repeat(60)}.`.repeat(3);
		const names = ["lamp.local", `${name}b`, `${name}${"c".repeat(63)}`, "d".repeat(length)];
		const asked = message({ id: 7, questions: names.map(each => ({ name: each, type: types.A })) });
		holder.network.bring([asked], "192.168.1.78", ownPort);
		return [asked.byteLength, holder.network.take().length];
	};
	expect([answersTo(36), answersTo(37)]).toEqual([
		[512, 1],
		[513, 0]
	]);
});

test("Z15 a flood of devices that want the name: four answers a second", () => {
	holder.hold();
	for (let second = 0; second < 10; second++) {
		holder.network.bring(Array(500).fill(rival("192.168.1.77")));
		for (let part = 0; part < 20; part++) {
			jest.advanceTimersByTime(50);
			holder.network.bring([rival("192.168.1.77")]);
		}
	}
	const sent = holder.network.take().length;
	expect([sent > 5, sent <= 40]).toEqual([true, true]);
});

test("Z15 a flood of messages that are not for the device: 160 questions and records are read in a second, 64 of a message", () => {
	holder.hold();
	const questions = (count: number) =>
		message({ questions: Array.from({ length: count }, () => ({ name: "printer.local", type: types.A })) });
	const answered = () => {
		holder.network.bring([ask], "192.168.1.78", ownPort);
		return holder.network.take().length;
	};
	holder.network.bring([questions(64), questions(64), questions(28)]);
	expect([answered(), answered()]).toEqual([1, 0]);
	jest.advanceTimersByTime(1_000);
	// Those with more cost nothing.
	holder.network.bring(Array(100).fill(questions(65)));
	expect(answered()).toBe(1);
});
