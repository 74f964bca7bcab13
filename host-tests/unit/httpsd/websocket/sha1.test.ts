import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { sha1 } from "httpsd/websocket/sha1";

test("SHA-1 is Node's, for every length over two blocks", () => {
	for (let length = 0; length <= 130; length++) {
		const message = Uint8Array.from({ length }, (_, at) => (at * 89 + length) & 255);
		const expected = createHash("sha1").update(message).digest("hex");
		expect(Buffer.from(sha1(message.buffer)).toString("hex")).toBe(expected);
	}
});
