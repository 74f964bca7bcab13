// Z12: a long head that is read in C was granted what a share covers without a look at XS, where its handler has its texts made then: XS aborted.
import { expect, test } from "@jest/globals";
import { defaultLimits } from "httpsd/limits";
import RequestHeadReader from "httpsd/message/request-head";
import { bytes } from "../harness";
import { endless } from "../room";

const limits = { ...defaultLimits, maxKeptHead: 512, maxHeadBytes: 2048, maxRequestLine: 1024 };
const headOf = (length: number) => {
	const rest = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".length;
	return `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(length - rest)}\r\n\r\n`;
};

/** Takes a head where XS has `most`. */
function take(length: number, most: number) {
	const asked: number[] = [];
	const isThere = (wanted: number) => {
		asked.push(wanted);
		return wanted <= most;
	};
	const reader = new RequestHeadReader({ limits, account: { ...endless, most: 7000, isThere } });
	// As C says of it: its length, and two field lines.
	const read = (text: string) => reader.push(bytes(text), 0);
	return { asked, push: (found = length | (2 << 14)) => reader.push(bytes(headOf(length)), found), read };
}

test.each([517, 1000, 1500])("Z12 a head of %d bytes is refused where XS has not what its texts take", length => {
	const { asked, push } = take(length, 0);
	expect(push).toThrow("no memory");
	expect(asked[0]).toBeGreaterThanOrEqual(7000 + 4 * length);
});

test("Z12 for a head that is kept nobody is asked", () => {
	const { asked, push } = take(516, 0);
	expect([push(0)?.target, asked]).toEqual(["/", []]);
});

// Of short heads of 64 lines each kept up to 4 kB that nobody had been asked for, and its texts took twice that while they were made.
test.each([
	[22, true],
	[23, false]
])(
	"Z12 a short head of %d field lines, with that of the request and the empty one, is no question: %s",
	(lines, isFree) => {
		const { asked, read } = take(300, 0);
		const head = () => read(`GET / HTTP/1.1\r\nHost: a\r\n${"x:y\r\n".repeat(lines - 1)}\r\n`);
		if (isFree) head();
		else expect(head).toThrow("no memory");
		expect(asked.length > 0).toBe(!isFree);
	}
);
