import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type Body from "httpsd/body";
import MultipartDecoder, { type MultipartEvent } from "httpsd/content/multipart-decoder";
import { readFields } from "httpsd/content/urlencoded-form";
import { parseFields } from "httpsd/fields";
import Charge from "httpsd/memory/charge";
import { formatCookie, parseCookies } from "httpsd/values/cookies";
import { parseRanges } from "httpsd/values/range";
import { changed, changes, cut, cuts, latin1Text, outcome } from "../fuzz";
import { bytes, latin1 } from "../harness";
import { endless } from "../room";

const text = fc.string({ unit: "binary", maxLength: 10 });

function readParts(pieces: readonly string[]) {
	const decoder = new MultipartDecoder("b-1", endless);
	const events: MultipartEvent[] = [];
	for (const piece of pieces) {
		decoder.push(bytes(piece));
		for (let event = decoder.next(); event !== undefined; event = decoder.next()) events.push(event);
	}
	const parts: { head: unknown; content: string }[] = [];
	for (const event of events)
		if ("head" in event) parts.push({ head: [...event.head], content: "" });
		else (parts.at(-1) as { content: string }).content += latin1(event.content);
	return { parts, done: decoder.done };
}

const partsText = (contents: readonly string[]) =>
	`${contents.map(content => `--b-1\r\nX: a\r\n\r\n${content}\r\n`).join("")}--b-1--\r\n`;

/** What looks like a delimiter, and is none. */
const nearly = fc.constantFrom("\r\n--b-2", "--b-1", "\r\n-", "\r\n--b", "\r", "\n", "\r\r\n--b-");
const content = fc.array(fc.oneof(nearly, latin1Text(10)), { maxLength: 5 }).map(parts => parts.join(""));

async function streamed(pieces: readonly string[]): Promise<unknown> {
	const left = pieces.filter(piece => piece !== "").map(bytes);
	const body = { read: async () => left.shift(), charge: new Charge(endless) };
	const pairs: unknown[] = [];
	for await (const pair of readFields(body as unknown as Body, "application/x-www-form-urlencoded")) pairs.push(pair);
	return pairs;
}

describe("Z8 fuzz of forms, cookies and ranges", () => {
	test("a multipart form that is written is read back at any split", () => {
		fc.assert(
			fc.property(fc.array(content, { maxLength: 4 }), latin1Text(10), cuts, (contents, behind, places) => {
				fc.pre(contents.every(each => !`\r\n${each}\r\n`.includes("\r\n--b-1")));
				const { parts, done } = readParts(cut(partsText(contents) + behind, places));
				expect([parts, done]).toEqual([contents.map(each => ({ head: [["x", "a"]], content: each })), true]);
			})
		);
	});

	test("a changed multipart form is read or refused alike at any split", () => {
		fc.assert(
			fc.property(fc.array(content, { maxLength: 3 }), changes, cuts, (contents, list, places) => {
				const form = changed(partsText(contents), list);
				const whole = outcome([400, 413], () => readParts([form]));
				const pieces = outcome([400, 413], () => readParts(cut(form, places)));
				if (whole === "refused" || !whole.done) expect(pieces === "refused" || !pieces.done).toBe(true);
				else expect(pieces).toEqual(whole);
			})
		);
	});

	test("a urlencoded form that is written is read back, whole and streamed", async () => {
		const pairs = fc.array(fc.tuple(text, text), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(pairs, cuts, async (list, places) => {
				const form = new URLSearchParams(list).toString();
				expect([...parseFields(form)]).toEqual(list);
				expect(await streamed(cut(form, places))).toEqual(list);
			})
		);
	});

	test("any text is a query or a 400", () => {
		const escapes = fc.stringMatching(/^[%=&+0-9a-fA-F]{0,20}$/);
		fc.assert(
			fc.property(
				fc.oneof(escapes, fc.string({ unit: "binary-ascii" })),
				all => void outcome([400], () => parseFields(all))
			)
		);
	});

	test("a cookie that is set is read back; any text is cookies", () => {
		const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/).filter(each => !each.startsWith("__"));
		const value = fc.stringMatching(/^[!#-+.-:<-[\]-~-]{0,20}$/);
		fc.assert(
			fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: pair => pair[0], maxLength: 5 }), all => {
				const field = all.map(([key, text]) => formatCookie(key, text).split("; ")[0]).join("; ");
				expect([...parseCookies(field)]).toEqual(all);
			})
		);
		fc.assert(fc.property(fc.string({ unit: "binary" }), field => void parseCookies(field)));
	});

	test("ranges lie within the content and are together no more than it; any text is ranges or is ignored", () => {
		const spec = fc.oneof(
			fc.tuple(fc.nat(30), fc.nat(30)),
			fc.tuple(fc.nat(30), fc.constant("")),
			fc.tuple(fc.constant(""), fc.nat(30))
		);
		const specs = fc.array(spec, { maxLength: 10 }).map(list => `bytes=${list.map(pair => pair.join("-")).join(",")}`);
		fc.assert(
			fc.property(
				fc.oneof(specs, fc.string({ unit: "binary" }), fc.stringMatching(/^bytes=[0-9, -]{0,20}$/)),
				fc.nat(30),
				(field, size) => {
					const ranges = parseRanges(field, size) ?? [];
					for (const { start, end } of ranges) expect(start >= 0 && start < end && end <= size).toBe(true);
					expect(ranges.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThanOrEqual(size);
				}
			)
		);
	});
});
