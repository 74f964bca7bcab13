import { expect, test } from "@jest/globals";
import type WebSocketError from "httpsd/websocket/close-code";
import { settle } from "../fake-socket";
import { serve } from "../harness";
import { goodFrames, vectorLimits } from "./websocket-vectors";
import { openSocket } from "./ws-client";
import { closeCodeIn, closeFrame, serverFrames } from "./ws-frames";

let seed = 7;
function random(below: number): number {
	seed = (seed * 1103515245 + 12345) & 0x7fffffff;
	return (seed >> 8) % below;
}

function pick<T>(values: readonly T[]): T {
	return values[random(values.length)] as T;
}

function start() {
	const errors: unknown[] = [];
	const server = serve({ ...vectorLimits, maxConnections: 100_000, maxPerAddress: 100_000 });
	server.on("error", ({ error }) => errors.push(error));
	server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
	return errors;
}

/** Sends bytes in random pieces. */
async function sendInPieces(bytes: Buffer) {
	const client = await openSocket();
	for (let at = 0; at < bytes.length; ) {
		const end = at + 1 + random(40);
		client.send(Uint8Array.from(bytes.subarray(at, end)));
		at = end;
	}
	await settle();
	return client.take();
}

test("Z8 fuzz: 3,000 sequences of good messages come back, however they are cut", async () => {
	start();
	for (let round = 0; round < 3000; round++) {
		const chosen = Array.from({ length: 1 + random(4) }, () => pick(goodFrames));
		const received = await sendInPieces(Buffer.concat([...chosen.map(([, sent]) => sent), closeFrame(1000)]));
		const answers = serverFrames(received).map(({ opcode, content }) => `${opcode} ${content}`);
		expect(answers).toEqual([...chosen.flatMap(([, , each]) => each), "8 \x03\xe8"]);
	}
});

test("Z8 fuzz: 5,000 sequences with bytes changed end in an answer, a wait or a close code, and in nothing else", async () => {
	const errors = start();
	const codes = new Set<number | undefined>();
	for (let round = 0; round < 5000; round++) {
		const bytes = Buffer.concat([pick(goodFrames)[1], pick(goodFrames)[1], closeFrame(1000)]);
		for (let count = 1 + random(3); count > 0; count--) bytes[random(bytes.length)] = random(256);
		codes.add(closeCodeIn(await sendInPieces(bytes)));
	}
	for (const error of errors as WebSocketError[]) expect([1002, 1007, 1008, 1009]).toContain(error.code);
	expect([1000, 1002, 1007, 1009, undefined].filter(code => !codes.has(code))).toEqual([]);
});
