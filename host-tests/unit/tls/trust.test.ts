import { describe, expect, test } from "@jest/globals";
import type NativeContext from "tls/config/native-context";
import { limits } from "tls/limits";
import { applyTrust, type TrustOptions } from "tls/trust";

/** What the C configuration is told. */
function tell(options: TrustOptions, answer = 0): unknown[] {
	const told: unknown[] = [];
	const native = {
		setBundle: (bundle: unknown) => told.push(["bundle", bundle]) * 0 + answer,
		addPin: (hash: Uint8Array) => told.push(["pin", Buffer.from(hash).toString("hex")]) * 0,
		setClockFloor: (seconds: number) => told.push(["floor", seconds]) * 0,
		ignoreName: () => told.push(["ignoreName"]) * 0,
		libraryError: 0
	};
	applyTrust(native as unknown as NativeContext, options);
	return told;
}

const hash = Buffer.alloc(32, 0xab);

describe("C1 pinned keys", () => {
	test.each([hash.toString("base64"), hash.toString("hex"), hash.toString("hex").toUpperCase()])("%s", text => {
		expect(tell({ pinnedPublicKeys: [text] })).toContainEqual(["pin", hash.toString("hex")]);
	});

	test("as openssl prints a fingerprint", () => {
		const text = (hash.toString("hex").match(/../g) ?? []).join(":");
		expect(tell({ pinnedPublicKeys: [text] })).toContainEqual(["pin", hash.toString("hex")]);
	});

	test.each([
		"",
		"abc",
		hash.subarray(1).toString("base64"),
		`${hash.toString("hex")}00`,
		`sha256/${hash.toString("base64")}`
	])("%s is refused", text => {
		expect(() => tell({ pinnedPublicKeys: [text] })).toThrow(RangeError);
	});
});

test.each([
	[{}, 0],
	[{ validity: "enforce", clockFloor: 5 }, 0],
	[{ validity: "defer" }, limits.clockFloor],
	[{ validity: "defer", clockFloor: 5 }, 5]
] as const)("C1 dates: %j", (options, floor) => {
	expect(tell(options)).toEqual([["floor", floor]]);
});

test.each([{ validity: "never" as "defer" }, { clockFloor: -1 }, { clockFloor: 1.5 }])("C1 %j is refused", options => {
	expect(() => tell(options)).toThrow(RangeError);
});

test("C1 the name is ignored only when asked for", () => {
	expect(tell({ checkServerIdentity: false })).toContainEqual(["ignoreName"]);
});

test("C2 what is no bundle is CA_INVALID", () => {
	expect(() => tell({ caBundle: new ArrayBuffer(1) }, 8)).toThrow(expect.objectContaining({ code: "CA_INVALID" }));
});
