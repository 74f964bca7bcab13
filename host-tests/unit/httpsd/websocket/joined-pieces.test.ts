// Z12: room for a message was taken with each of its pieces, and those were joined when the last had come: where others had what was left
// of XS by then, that ended it.
import { expect, test } from "@jest/globals";
import type Channel from "httpsd/channel";
import { defaultLimits } from "httpsd/limits";
import { opcode } from "httpsd/websocket/frame-reader";
import type Liveness from "httpsd/websocket/liveness";
import Receiver from "httpsd/websocket/receiver";
import { endless } from "../room";

const pieceOf = (kind: number, final: boolean) => ({
	opcode: kind,
	bytes: ArrayBuffer.fromString("a".repeat(600)),
	final
});

test.each([
	["text", opcode.text],
	["bytes", opcode.binary]
])("Z12 pieces of %s are joined where there is room for it, and else the message is refused by 1013", (_, kind) => {
	let hasRoom = true;
	const asked: number[] = [];
	const account = { ...endless, isThere: (bytes: number) => asked.push(bytes) > 0 && hasRoom };
	const receiver = new Receiver({ account, limits: defaultLimits } as unknown as Channel, {} as Liveness);
	const add = (final: boolean) => {
		const piece = pieceOf(kind, final);
		expect(receiver.ask(piece, () => {})).toBe(true);
		return receiver.assemble(piece);
	};
	add(true);
	receiver.release();
	expect(asked).toEqual([]);
	add(false);
	const whole = add(true);
	expect(typeof whole === "string" ? whole.length : whole?.byteLength).toBe(1200);
	receiver.release();
	expect(asked[0]).toBeGreaterThanOrEqual(1200);
	hasRoom = false;
	add(false);
	expect(() => add(true)).toThrow(expect.objectContaining({ code: 1013 }));
});
