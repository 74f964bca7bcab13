// Of a head that is longer than usual there must be room for what may still come: when all of it was asked for at each line, beside what had come
// already, an idle device had none for one of 3 kB.

import { expect, test } from "@jest/globals";
import { limits } from "acme/limits";
import GuardedSocket, { type Guard } from "acme/transport/guarded-socket";
import type { Socket } from "../../../modules/io";

/** What is asked for while a head comes, and what is wrong with it in the end. There is room once it has been asked for so often. */
function read(head: string, refusals = 0) {
	const asked: (readonly [bytes: number, fields: number])[] = [];
	const failures: unknown[] = [];
	const looks: (() => void)[] = [];
	let taken = 0;
	let left = new TextEncoder().encode(head);
	const inner = {
		read(count: number) {
			const piece = left.slice(0, count);
			left = left.subarray(count);
			return piece.buffer;
		},
		close: () => {}
	} as unknown as Socket;
	const guard: Guard = {
		connect: () => inner,
		hasHead: false,
		isChunked: false,
		hasRoomForHead: (bytes, fields) => asked.push([bytes, fields]) > refusals,
		hasRoomFor: () => true,
		lookAgain: look => void looks.push(look),
		lose: () => {},
		fail: error => {
			failures.push(error);
			socket.close();
		}
	};
	const socket: GuardedSocket = new GuardedSocket({
		guard,
		address: "192.0.2.1",
		onReadable(count) {
			socket.format = "number";
			for (let at = 0; at < count; at++) socket.read(1);
			taken += count;
		},
		onWritable: () => {},
		onError: () => {}
	});
	socket.onReadable(left.length);
	return {
		asked,
		failures,
		looks,
		get taken() {
			return taken;
		}
	};
}

const fields = (count: number, line: string) => Array.from({ length: count }, () => line).join("\r\n");

test("Z17 Z12 a head that is no longer than usual is not asked for", () => {
	expect(read(fields(limits.usualFields, "a: b"))).toMatchObject({ asked: [], failures: [] });
});

test.each([
	["of short fields", fields(60, "a: b")],
	["of long ones", fields(15, `a: ${"b".repeat(200)}`)]
])("Z17 Z12 of a long head, %s, what may still come is asked for, and no more at any time", (_, head) => {
	const { asked, failures } = read(head);
	expect(failures).toEqual([]);
	expect(asked.length).toBeGreaterThan(1);
	const [[bytes, count]] = asked as [readonly [number, number]];
	expect(bytes < limits.maxHead - limits.usualHead || count < limits.maxFields - limits.usualFields).toBe(true);
	const [lastBytes, lastCount] = asked.at(-1) as readonly [number, number];
	expect(lastBytes).toBeLessThan(bytes);
	expect(lastCount).toBeLessThan(count);
});

test.each([
	["fields", fields(100, "a: b")],
	["bytes", fields(30, `a: ${"b".repeat(200)}`)]
])("Z17 a head of too many %s is ANSWER_SIZE", (_, head) => {
	expect(read(head).failures).toEqual([expect.objectContaining({ code: "ANSWER_SIZE" })]);
});

test("Z17 Z12 a long head for which there is no room yet waits, in TLS and TCP, and is read on when there is", () => {
	const head = fields(60, "a: b");
	const reading = read(head, 2);
	const before = reading.taken;
	expect([before > 0, before < limits.usualHead, reading.looks.length]).toEqual([true, true, 1]);
	reading.looks[0]?.();
	expect([reading.taken, reading.looks.length]).toEqual([before, 2]);
	reading.looks[1]?.();
	expect([reading.taken, reading.looks.length, reading.failures]).toEqual([head.length, 2, []]);
});
