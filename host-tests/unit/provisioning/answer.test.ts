// The name server's answers, to questions that are whole, cut at each byte, changed in each, and to nothing like a question.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { answerQuestion } from "provisioning/dns/answer";

const address = [192, 168, 4, 1];

/** A question by RFC 1035 §4.1. */
function ask(
	name: string,
	type = 1,
	{ id = 0x1234, flags = 0x0100, classNumber = 1, more = [] as number[] } = {}
): Uint8Array {
	const labels = name === "" ? [] : name.split(".");
	const encoded = labels.flatMap(label => [label.length, ...Buffer.from(label, "latin1")]);
	const words = (...all: number[]) => all.flatMap(word => [word >> 8, word & 0xff]);
	return Uint8Array.from([
		...words(id, flags, 1, 0, 0, more.length > 0 ? 1 : 0),
		...encoded,
		0,
		...words(type, classNumber),
		...more
	]);
}

const answer = (question: Uint8Array) => {
	const bytes = answerQuestion(question.slice().buffer as ArrayBuffer, address);
	return bytes && Buffer.from(bytes);
};

describe("Z16 the name server", () => {
	test("every name has the device's address", () => {
		for (const name of ["captive.apple.com", "a", "", "x".repeat(63), Array(4).fill("y".repeat(60)).join(".")]) {
			const question = ask(name);
			const bytes = answer(question) as Buffer;
			expect(bytes.subarray(0, 12).toString("hex")).toBe("123485800001000100000000");
			expect(bytes.subarray(12, question.length)).toEqual(Buffer.from(question.subarray(12)));
			expect([...bytes.subarray(question.length)]).toEqual([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address]);
		}
	});

	test("there is nothing of other types, and no error, so that clients come by IPv4; ANY is answered", () => {
		for (const type of [2, 12, 15, 16, 28, 64, 65]) {
			const bytes = answer(ask("a.b", type)) as Buffer;
			expect(bytes.subarray(2, 12).toString("hex")).toBe("85800001000000000000");
			expect(bytes.length).toBe(ask("a.b").length);
		}
		expect((answer(ask("a.b", 255)) as Buffer).readUInt16BE(6)).toBe(1);
		expect((answer(ask("a.b", 1, { classNumber: 3 })) as Buffer).readUInt16BE(6)).toBe(0);
	});

	test("what comes behind the question, such as EDNS, is left out of the answer", () => {
		const opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];
		const bytes = answer(ask("a.b", 1, { more: opt })) as Buffer;
		expect(bytes.length).toBe(ask("a.b").length + 16);
		expect(bytes.readUInt16BE(10)).toBe(0);
	});

	test("an answer is not answered; other operations are told that there are none", () => {
		expect(answer(ask("a.b", 1, { flags: 0x8180 }))).toBeUndefined();
		for (const opcode of [1, 2, 4, 5, 15]) {
			const bytes = answer(ask("a.b", 1, { flags: opcode << 11 })) as Buffer;
			expect([bytes.length, (bytes[3] as number) & 15, ((bytes[2] as number) >> 3) & 15]).toEqual([12, 4, opcode]);
		}
	});

	test("cut at each byte, and with each byte another", () => {
		const whole = ask("www.example.com");
		for (let length = 0; length < whole.length; length++) {
			const bytes = answer(whole.subarray(0, length));
			if (length < 12) expect(bytes).toBeUndefined();
			else expect([bytes?.length, (bytes as Buffer)[3]]).toEqual([12, 0x81]);
		}
		for (let at = 0; at < whole.length; at++)
			for (const value of [0, 1, 0x3f, 0x40, 0x80, 0xc0, 0xff]) {
				const changed = whole.slice();
				changed[at] = value;
				expect(answer(changed)?.length ?? 0).toBeLessThanOrEqual(whole.length + 16);
			}
	});

	test("pointers, labels of 64 and names of more than 255 bytes are no names", () => {
		const pointer = ask("");
		pointer[12] = 0xc0;
		const long = ask(Array(5).fill("y".repeat(60)).join("."));
		for (const question of [pointer, ask("x".repeat(64)), long]) expect(answer(question)?.[3]).toBe(0x81);
		expect(answer(new Uint8Array(513).fill(1))).toBeUndefined();
	});

	test("garbage is never answered with more than itself and a record, and never throws", () => {
		const lengthOf = (bytes: Uint8Array) => answer(bytes)?.length ?? 0;
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 600 }), bytes => lengthOf(bytes) <= Math.max(12, bytes.length + 16))
		);
		const begun = fc
			.uint8Array({ maxLength: 300 })
			.map(rest => Uint8Array.from([...ask("a").subarray(0, 12), ...rest]));
		fc.assert(fc.property(begun, bytes => lengthOf(bytes) <= bytes.length + 16));
	});
});
