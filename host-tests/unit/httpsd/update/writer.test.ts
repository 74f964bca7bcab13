import { createHash } from "node:crypto";
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import Headers from "httpsd/headers";
import { readDigest } from "httpsd/update/digest-field";
import type { Updater } from "httpsd/update/writer";

jest.mock("tls/hash", () => jest.requireActual("../../tls/hash"));

// Behind the mock, which nothing hoists.
const { default: ImageWriter, headSize } =
	jest.requireActual<typeof import("httpsd/update/writer")>("httpsd/update/writer");

const sha256 = (bytes: Uint8Array) => Uint8Array.from(createHash("sha256").update(bytes).digest());
const image = Uint8Array.from({ length: 200 }, (_, at) => at);

/** What an updater was told. */
class Fake implements Updater {
	readonly written: number[] = [];
	isComplete = false;
	write(bytes: ArrayBuffer): void {
		if (bytes.byteLength === 0) throw new Error("nothing is written");
		this.written.push(...new Uint8Array(bytes));
	}
	complete(): void {
		this.isComplete = true;
	}
	close(): void {}
}

/** Cuts an image at places. */
function* cut(bytes: Uint8Array, places: readonly number[]): Generator<ArrayBuffer> {
	let from = 0;
	for (const to of [...new Set(places)].sort((a, b) => a - b)) {
		if (to > from) yield bytes.slice(from, to).buffer as ArrayBuffer;
		from = to;
	}
	if (from < bytes.length) yield bytes.slice(from).buffer as ArrayBuffer;
}

describe("Z14 an image that comes in pieces", () => {
	test("is written as it is, however it was cut, and its head is looked at before", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(image.length)), places => {
				const updater = new Fake();
				const heads: number[][] = [];
				const writer = new ImageWriter(updater, head => {
					expect(updater.written).toEqual([]);
					heads.push([...head]);
				});
				for (const piece of cut(image, places)) writer.write(piece);
				writer.complete(sha256(image));
				expect(heads).toEqual([[...image.subarray(0, headSize)]]);
				expect(updater.written).toEqual([...image]);
				expect(updater.isComplete).toBe(true);
			})
		);
	});

	test("is not switched over when it has another hash, is too short, or begins as no image does", () => {
		const send = (bytes: Uint8Array, digest: Uint8Array, check?: () => void) => {
			const updater = new Fake();
			const writer = new ImageWriter(updater, check);
			const run = () => {
				for (const piece of cut(bytes, [1, 30])) writer.write(piece);
				writer.complete(digest);
			};
			return { updater, run };
		};
		const no = () => {
			throw new Error("no");
		};
		for (const { updater, run } of [
			send(image, sha256(image.subarray(1))),
			send(image.subarray(0, headSize - 1), sha256(image.subarray(0, headSize - 1))),
			send(image, sha256(image), no)
		]) {
			expect(run).toThrow(expect.objectContaining({ status: 422, code: "UPDATE_IMAGE" }) as never);
			expect(updater.isComplete).toBe(false);
		}
	});
});

const digest = Buffer.alloc(32, 1).toString("base64");
const other = Buffer.alloc(32, 2).toString("base64");

test.each([
	[{ "repr-digest": `sha-256=:${digest}:` }, true],
	[{ "content-digest": `sha-512=:AAAA:, sha-256=:${digest}:` }, true],
	[{ "repr-digest": `sha-256=:${digest}:`, "content-digest": `sha-256=:${digest}:` }, true],
	[{ "repr-digest": `sha-256=:${digest}:, sha-256=:${other}:` }, false],
	[{ "repr-digest": `sha-256=:${digest}:`, "content-digest": `sha-256=:${other}:` }, false],
	[{ "repr-digest": `sha-256=${digest}` }, false],
	[{ "repr-digest": `sha-256=:${digest}` }, false],
	[{ "repr-digest": `sha-256=:${digest.slice(4)}:` }, false],
	[{ "repr-digest": "sha-256=::" }, false],
	[{}, false]
])("Z14 %j: a SHA-256 is there: %p", (fields, isThere) => {
	const headers = new Headers();
	for (const [name, value] of Object.entries(fields)) headers.set(name, value);
	if (isThere) expect([...readDigest(headers)]).toEqual(new Array(32).fill(1));
	else expect(() => readDigest(headers)).toThrow(expect.objectContaining({ status: 400 }) as never);
});
