// A chain in PEM, in pieces of every size.

import { randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import PEMReader from "text/pem-reader";

const ders = [300, 1_024, 2_500].map(length => new Uint8Array(randomBytes(length)));
const block = (der: Uint8Array, width = 64) =>
	`-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
		.toString("base64")
		.replace(new RegExp(`(.{${width}})`, "g"), "$1\n")
		.trim()}\n-----END CERTIFICATE-----\n`;
const chain = ders.map(der => block(der)).join("");
const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

function read(text: string, size = text.length, most = 20_000): readonly Uint8Array[] {
	const reader = new PEMReader(most);
	const all = bytes(text);
	for (let at = 0; at < all.length; at += size) reader.add(all.slice(at, at + size).buffer);
	return reader.certificates;
}

describe("Z17 Z18 a chain in PEM", () => {
	test("Z17 in pieces of each size, and in two pieces cut anywhere", () => {
		for (let size = 1; size < 200; size += size < 10 ? 1 : 21) expect(read(chain, size)).toEqual(ders);
		const all = bytes(chain);
		for (let at = 0; at <= all.length; at += at % 66 < 3 ? 1 : 31) {
			const reader = new PEMReader(20_000);
			for (const piece of [all.slice(0, at), all.slice(at)]) reader.add(piece.buffer);
			expect(reader.certificates).toEqual(ders);
		}
	});

	test.each([
		["with CR LF", chain.replaceAll("\n", "\r\n")],
		["with text between", `a chain\n\n${chain.replaceAll("-----BEGIN", "subject=x\n-----BEGIN")}`],
		["without an end of the last line", chain.trimEnd()],
		["with lines of 61 and of 100", ders.map((der, at) => block(der, at === 0 ? 61 : 100)).join("")]
	])("Z17 %s", (_, text) => expect(read(text)).toEqual(ders));

	test.each([
		["nothing", ""],
		["no certificate", "<html>\n"],
		["cut in a certificate", chain.slice(0, -100)],
		["no Base64", chain.replace(/\n\w/, "\n*")],
		["an empty certificate", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"],
		["half a group", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n"],
		["a line without end", "x".repeat(129)],
		["no ASCII", "größe\n"]
	])("Z17 refused: %s", (_, text) => {
		expect(() => read(text)).toThrow(SyntaxError);
	});

	test("Z17 refused: more than there is room for", () => {
		expect(() => read(chain, 100, chain.length - 1)).toThrow(RangeError);
		expect(read(chain, 100, chain.length)).toEqual(ders);
	});
});
