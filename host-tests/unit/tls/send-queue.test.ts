import { expect, test } from "@jest/globals";
import SendQueue from "tls/connection/send-queue";

const queue = new SendQueue();
const put = (text: string) => queue.put(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test("gives the bytes in order, in parts of any size", () => {
	put("abc");
	put("");
	put("def");
	expect(queue.byteLength).toBe(6);
	expect([2, 9, 1, 9].map(limit => textOf(queue.take(limit)))).toEqual(["ab", "c", "d", "ef"]);
	expect(queue.byteLength).toBe(0);
	expect(() => queue.take(1)).toThrow(RangeError);
});

test("gives all of them at once, or forgets them", () => {
	put("abc");
	put("def");
	queue.take(1);
	expect(textOf(queue.takeAll())).toBe("bcdef");
	put("lost");
	expect(queue.clear()).toBe(4);
	expect(textOf(queue.takeAll())).toBe("");
});

test("keeps a copy", () => {
	const bytes = Uint8Array.of(1, 2, 3);
	queue.put(bytes.subarray(1));
	bytes.fill(9);
	expect([...queue.takeAll()]).toEqual([2, 3]);
});
