import { expect, test } from "@jest/globals";
import SendQueue from "tls/connection/send-queue";

const queue = new SendQueue();
const push = (text: string) => queue.push(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test("returns the bytes in order, in parts of any size", () => {
	push("abc");
	push("");
	push("def");
	expect(queue.byteLength).toBe(6);
	expect([2, 1, 9].map(limit => textOf(queue.take(limit)))).toEqual(["ab", "c", "def"]);
	expect(queue.byteLength).toBe(0);
	expect(() => queue.take(1)).toThrow(RangeError);
});

test("returns all bytes at once, or drops them", () => {
	push("abc");
	push("def");
	queue.take(1);
	expect(textOf(queue.takeAll())).toBe("bcdef");
	push("lost");
	expect(queue.clear()).toBe(4);
	expect(textOf(queue.takeAll())).toBe("");
});

test("copies the bytes", () => {
	const bytes = Uint8Array.of(1, 2, 3);
	queue.push(bytes.subarray(1));
	bytes.fill(9);
	expect([...queue.takeAll()]).toEqual([2, 3]);
});

test("a thousand pieces of one byte, some taken between", () => {
	const sent: number[] = [];
	for (let at = 0; at < 1000; at++) {
		queue.push(Uint8Array.of(at % 256));
		if (at % 100 === 99) sent.push(...queue.take(60));
	}
	const rest = queue.takeAll();
	expect([...sent, ...rest]).toEqual(Array.from({ length: 1000 }, (_, at) => at % 256));
});

test("what was taken is not overwritten by what comes later", () => {
	push("abcdef");
	const taken = queue.take(6);
	push("ghijkl");
	expect(textOf(taken)).toBe("abcdef");
	expect(textOf(queue.takeAll())).toBe("ghijkl");
});
