// Every frame shape of the unit tests, on real XS over real TLS, whole and byte by byte.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { goodCloses, goodFrames, refusedFrames, vectorLimits } from "../../../unit/httpsd/websocket/websocket-vectors";
import { closeCodeIn, closeFrame, frame, serverFrames } from "../../../unit/httpsd/websocket/ws-frames";
import { badUtf8, goodUtf8 } from "../../../unit/text/utf8-vectors";
import { variants } from "../site";
import { startWebSocketSite, type WebSocketSite } from "./site";

const patience = 600_000;

describe.each(variants)("WebSocket frames on the desk host, %s", variant => {
	let site: WebSocketSite;
	beforeAll(async () => {
		// A slow client is not left before it has sent its frame to the end and read the answer.
		const timeouts = { lingerTimeout: patience, maxLingerTimeout: patience, closeTimeout: patience };
		site = await startWebSocketSite(variant, { ...vectorLimits, ...timeouts });
	});
	afterAll(async () => {
		expect(await site.stop()).toEqual({ code: 0, signal: null });
	});

	/** What comes back, the frames sent at once and, unless that is too many records, byte by byte. */
	const answersTo = async (sent: Buffer): Promise<string[]> => {
		const bytes = sent.length > 200 ? [] : [Array.from(sent, byte => Buffer.of(byte))];
		const received = await Promise.all([[sent], ...bytes].map(pieces => site.talk(pieces)));
		return received.map(each => each.toString("latin1"));
	};

	test.each(goodFrames)("Z8 taken: %s", async (_, sent, answers) => {
		for (const received of await answersTo(Buffer.concat([sent, closeFrame(1000)])))
			expect(serverFrames(received).map(({ opcode, content }) => `${opcode} ${content}`)).toEqual([
				...answers,
				"8 \x03\xe8"
			]);
	});

	test.each(refusedFrames)("Z8 refused: %s is %i", async (_, code, sent) => {
		for (const received of await answersTo(sent)) expect(closeCodeIn(received)).toBe(code);
	});

	// Bytes that are still on their way when both sides have closed reset the connection, and may take our Close along.
	const orderly = goodCloses.filter(([name]) => name !== "frames behind it");
	test.each(orderly)("Z8 Close: %s", async (_, code, sent) => {
		for (const received of await answersTo(sent)) expect(closeCodeIn(received)).toBe(code);
	});

	test.each(goodUtf8)("Z8 UTF-8 taken and sent back: %s", async hex => {
		const content = Buffer.from(hex.replaceAll(" ", ""), "hex");
		for (const received of await answersTo(Buffer.concat([frame(1, content), closeFrame(1000)])))
			expect(serverFrames(received)[0]?.content).toBe(content.toString("latin1"));
	});

	test.each(badUtf8)("Z8 UTF-8 refused: %s", async hex => {
		for (const received of await answersTo(frame(1, Buffer.from(hex.replaceAll(" ", ""), "hex"))))
			expect(closeCodeIn(received)).toBe(1007);
	});
});
