// Z12: a line of a trailer section that is no UTF-8 is decoded byte by byte, which takes seven times its length: XS is asked for that.
import { expect, test } from "@jest/globals";
import { noRoomNow } from "httpsd/heap/no-room";
import { defaultLimits } from "httpsd/limits";
import ChunkedDecoder from "httpsd/message/chunked-decoder";
import { bytes } from "../harness";

const line = `X: ${"\xe9".repeat(1000)}\r\n`;

test.each([
	["trailer", `0\r\n${line}`],
	["chunk-size", `1;${"\xe9".repeat(200)}\r\n`]
])("Z12 a long %s line is refused with 503 where XS has not seven times its length", (_, text) => {
	const length = text.length - (text.startsWith("0") ? 3 : 0);
	for (const short of [0, 1]) {
		const need = (wanted: number) => {
			if (wanted > 7 * length - short) throw noRoomNow();
		};
		const decoder = new ChunkedDecoder(defaultLimits, { takeNow: () => true, need });
		const push = () => decoder.push(bytes(text), []);
		if (short > 0) expect(push).toThrow("no memory");
		else if (text.startsWith("0")) push();
		else expect(push).toThrow("Chunk-size line");
	}
});

test("Z12 for short lines nobody is asked", () => {
	const need = () => {
		throw noRoomNow();
	};
	const decoder = new ChunkedDecoder(defaultLimits, { takeNow: () => true, need });
	decoder.push(bytes("1\r\nx\r\n0\r\na: b\r\n\r\n"), []);
	expect(decoder.done).toBe(true);
});
