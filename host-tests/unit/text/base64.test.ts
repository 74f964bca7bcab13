import { randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { decodeBase64, encodeBase64 } from "text/base64";

test("all lengths, as Node does", () => {
	for (let length = 0; length < 100; length++) {
		const bytes = randomBytes(length);
		const text = encodeBase64(bytes);
		expect(text).toBe(bytes.toString("base64"));
		expect(Buffer.from(decodeBase64(text) ?? [])).toEqual(bytes);
	}
});

test.each(["A", "AB", "ABC", "A===", "AB=C", "AB-_", "AB==AB=="])("%s is refused", text => {
	expect(decodeBase64(text)).toBeUndefined();
});
