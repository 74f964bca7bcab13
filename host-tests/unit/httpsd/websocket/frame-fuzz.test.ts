import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import WebSocketError from "httpsd/websocket/close-code";
import { encodeFrame } from "httpsd/websocket/frame-encoder";
import FrameReader, { type Piece } from "httpsd/websocket/frame-reader";
import { changed, changes, cut, cuts, latin1Text } from "../fuzz";
import { bytes, latin1 } from "../harness";
import { frame, serverFrames } from "./ws-frames";

const limits = { maxMessage: 100, maxFragments: 5 };

/** What the frames are, content of a message joined; or the close code they are refused with. */
function read(pieces: readonly string[]): string[] | number {
	const reader = new FrameReader(limits);
	const seen: string[] = [];
	let message = "";
	try {
		for (const piece of pieces) {
			reader.feed(bytes(piece));
			for (let next: Piece | undefined = reader.next(); next !== undefined; next = reader.next()) {
				if (next.opcode > 2) seen.push(`${next.opcode} ${latin1(next.bytes)}`);
				else message += latin1(next.bytes);
				if (next.opcode <= 2 && next.final) {
					seen.push(`${next.opcode} ${message}`);
					message = "";
				}
			}
		}
	} catch (error) {
		if (!(error instanceof WebSocketError) || ![1002, 1008, 1009].includes(error.code)) throw error;
		return error.code;
	}
	return seen;
}

const key = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const fragments = fc.array(fc.tuple(latin1Text(20), key), { minLength: 1, maxLength: 5 });
const control = fc.option(fc.tuple(fc.constantFrom(8, 9, 10), latin1Text(10)), { nil: undefined });
const message = fc.record({ opcode: fc.constantFrom(1, 2), fragments, control });
type Sent = typeof message extends fc.Arbitrary<infer T> ? T : never;

/** The frames of a message, the control frame behind the first fragment, and what they are. */
function write({ opcode, fragments: parts, control: between }: Sent): { sent: string; seen: string[] } {
	const frames = parts.map(([content, masking], index) =>
		frame(index === 0 ? opcode : 0, Buffer.from(content, "latin1"), { fin: index === parts.length - 1, key: masking })
	);
	const whole = `${opcode} ${parts.map(part => part[0]).join("")}`;
	if (between === undefined) return { sent: Buffer.concat(frames).toString("latin1"), seen: [whole] };
	frames.splice(1, 0, frame(between[0], Buffer.from(between[1], "latin1")));
	const control = `${between[0]} ${between[1]}`;
	return {
		sent: Buffer.concat(frames).toString("latin1"),
		seen: parts.length > 1 ? [control, whole] : [whole, control]
	};
}

describe("Z8 fuzz of frames", () => {
	test("messages that are written are read back, at any split", () => {
		fc.assert(
			fc.property(fc.array(message, { maxLength: 4 }), cuts, (messages, places) => {
				const written = messages.map(write);
				const sent = written.map(each => each.sent).join("");
				expect(read(cut(sent, places))).toEqual(written.flatMap(each => each.seen));
			})
		);
	});

	test("changed frames are read or refused alike at any split, and never fail otherwise", () => {
		fc.assert(
			fc.property(
				fc.oneof(
					message.map(each => write(each).sent),
					latin1Text(40)
				),
				changes,
				cuts,
				(sent, list, places) => {
					const text = changed(sent, list);
					expect(read(cut(text, places))).toEqual(read([text]));
				}
			)
		);
	});

	test("a server's frame is read back by an independent decoder", () => {
		fc.assert(
			fc.property(fc.constantFrom(1, 2, 8, 9, 10), latin1Text(300), fc.nat(300), (opcode, content, coalesce) => {
				const parts = encodeFrame(opcode, bytes(content), coalesce).map(part => Buffer.from(part as ArrayBuffer));
				expect(serverFrames(Buffer.concat(parts).toString("latin1"))).toEqual([{ opcode, content }]);
			})
		);
	});
});
