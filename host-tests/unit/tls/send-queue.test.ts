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
	expect([2, 9, 1, 9].map(limit => textOf(queue.take(limit)))).toEqual(["ab", "c", "d", "ef"]);
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
