// Z12: the head of a part was decoded, parsed and taken apart without a question, which takes many times its length: XS aborted.
import { expect, test } from "@jest/globals";
import MultipartDecoder from "httpsd/content/multipart-decoder";
import { noRoomNow } from "httpsd/heap/no-room";
import { defaultLimits } from "httpsd/limits";
import ChunkedDecoder from "httpsd/message/chunked-decoder";
import { windows1252Room } from "text/windows-1252";
import { bytes } from "../harness";

const partOf = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
const lengthOf = (name: string) => partOf(name).length - "--b\r\n".length - "\r\n".length;

/** What the head of a part asks for, and whether it comes when XS has `most`. */
function askOf(name: string, most = Number.POSITIVE_INFINITY) {
	const asked: number[] = [];
	const need = (wanted: number) => {
		asked.push(wanted);
		if (wanted > most) throw noRoomNow();
	};
	const decoder = new MultipartDecoder("b", { need });
	decoder.push(bytes(partOf(name)));
	return { asked, read: () => decoder.next() };
}

test.each([
	["in US-ASCII", "a".repeat(400), 1],
	["in UTF-8", "\xc3\xa9".repeat(200), 1],
	["in an older charset", "\xe9".repeat(400), 2]
])(
	"Z12 a part's name %s asks XS for what its line and its texts take, and is refused where that is not there",
	(_, name, size) => {
		const { asked, read } = askOf(name);
		expect(read()).toMatchObject({ head: {} });
		const length = lengthOf(name);
		expect(asked).toHaveLength(2);
		expect(asked[0]).toBeGreaterThanOrEqual(windows1252Room * length);
		expect(asked[1]).toBeGreaterThanOrEqual(6 * size * (length - 2));
		expect(() => askOf(name, (asked[0] as number) - 1).read()).toThrow("no memory");
	}
);

test("Z12 for a short head of a part nobody is asked", () => {
	const { asked, read } = askOf("a");
	expect(read()).toMatchObject({ head: {} });
	expect(asked).toEqual([]);
});

test("Z12 trailers ask XS for their values, however short each line is", () => {
	const asked: number[] = [];
	const decoder = new ChunkedDecoder(defaultLimits, { takeNow: () => true, need: wanted => asked.push(wanted) });
	const lines = "a: bcdefgh\r\n".repeat(30);
	decoder.push(bytes(`0\r\n${lines}\r\n`), []);
	expect([decoder.done, asked]).toEqual([true, [4 * 30 * "a: bcdefgh".length + 30 * 64]]);
});
