import { beforeEach, describe, expect, test } from "@jest/globals";
import { encodeFrame } from "httpsd/websocket/frame-encoder";
import { unmask } from "httpsd/websocket/mask";
import { settle } from "../fake-socket";
import { serve } from "../harness";
import { goodCloses, goodFrames, refusedFrames, vectorLimits } from "./websocket-vectors";
import { openSocket } from "./ws-client";
import { closeCodeIn, closeFrame, frame, serverFrames } from "./ws-frames";

let ends: [code: number, reason: string][];

beforeEach(() => {
	ends = [];
	const server = serve({ ...vectorLimits, maxConnections: 10_000 });
	server.websocket("/ws", {
		message: (socket, data) => void socket.send(data),
		close: (_, code, reason) => ends.push([code, reason])
	});
});

/** Whole, byte by byte, and in two at every place, or at some when there are many. */
function splits(sent: Buffer): Buffer[][] {
	const places = Array.from({ length: sent.length - 1 }, (_, at) => at + 1);
	const some = places.filter(at => sent.length < 300 || at < 20 || at > sent.length - 20 || at % 97 === 0);
	return [
		[sent],
		Array.from(sent, byte => Buffer.of(byte)),
		...some.map(at => [sent.subarray(0, at), sent.subarray(at)])
	];
}

async function talk(pieces: readonly Buffer[]): Promise<{ received: string; closed: boolean }> {
	const client = await openSocket();
	for (const piece of pieces) client.send(Uint8Array.from(piece));
	await settle();
	return { received: client.take(), closed: client.closed };
}

describe("Z8 WebSocket frames, at every split", () => {
	test.each(goodFrames)("%s", async (_, sent, answers) => {
		for (const pieces of splits(sent)) {
			const { received, closed } = await talk([...pieces, closeFrame(1000)]);
			expect(serverFrames(received).map(({ opcode, content }) => `${opcode} ${content}`)).toEqual([
				...answers,
				"8 \x03\xe8"
			]);
			expect([closed, ends.pop()]).toEqual([true, [1000, ""]]);
		}
	});

	test.each(refusedFrames)("refused: %s is %i", async (_, code, sent) => {
		for (const pieces of splits(sent)) {
			expect(closeCodeIn((await talk([...pieces, Buffer.from("more")])).received)).toBe(code);
			expect(ends.pop()).toEqual([code, ""]);
		}
	});

	test.each(goodCloses)("Close: %s", async (_, code, sent) => {
		for (const pieces of splits(sent)) expect(closeCodeIn((await talk(pieces)).received)).toBe(code);
		expect(ends.map(([got]) => got)).toEqual(splits(sent).map(() => code));
	});

	test("limits hold at n, and not at n + 1, with the length alone", async () => {
		const head = (length: number) => frame(2, "", { field: 2, length: BigInt(length) }).subarray(0, 4);
		expect((await talk([head(1000)])).received).toBe("");
		expect(closeCodeIn((await talk([head(1001)])).received)).toBe(1009);
	});
});

test.each([0, 1, 3, 4, 7, 15, 16, 17, 63, 125])("unmasks %i bytes, whole and in pieces of any length", length => {
	const key = [0x81, 0x02, 0xf3, 0x7f];
	const plain = Uint8Array.from({ length }, (_, at) => at * 7);
	const masked = plain.map((byte, at) => byte ^ (key[at % 4] as number));
	for (let at = 0; at <= length; at++) {
		const parts = [masked.slice(0, at).buffer, masked.slice(at).buffer];
		parts.reduce((turned, part) => unmask(part, turned), 0x7ff30281);
		expect(Buffer.concat(parts.map(part => new Uint8Array(part)))).toEqual(Buffer.from(plain));
	}
});

test.each([0, 125, 126, 65_535, 65_536])(
	"a server's frame of %i bytes tells its length in the shortest form",
	length => {
		const content = new Uint8Array(length).fill(65);
		const whole = encodeFrame(2, content, length);
		const parts = encodeFrame(2, content, length - 1);
		const join = (frame: typeof whole) => Buffer.concat(frame.map(part => new Uint8Array(part as ArrayBuffer)));
		expect([whole.length, parts.length]).toEqual([1, 2]);
		expect(join(parts)).toEqual(join(whole));
		expect(serverFrames(join(whole).toString("latin1"))).toEqual([{ opcode: 2, content: "A".repeat(length) }]);
		expect(whole[0]?.byteLength).toBe(length + (length < 126 ? 2 : length < 65536 ? 4 : 10));
	}
);
