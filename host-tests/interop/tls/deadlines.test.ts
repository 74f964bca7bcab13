// The two deadlines of a listener are two.

import type { Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { within } from "../../deadline";
import { scaled } from "../../pace";
import { noSoonerThan } from "../elapsed";
import { stall, start } from "./admission";
import { recordClientHello } from "./raw";

const LONG = 600_000;

/** That `socket` is closed, and no sooner than `milliseconds` after `started`. */
async function expectDropped(socket: Socket, milliseconds: number, started: number): Promise<void> {
	const closed = new Promise(resolve => (socket.closed ? resolve(undefined) : socket.once("close", resolve)));
	await noSoonerThan(milliseconds, started, within(milliseconds + 10_000, "an end of the connection", closed));
}

test("Z2 a silent client is dropped after silenceTimeout, whatever handshakeTimeout is", async () => {
	const short = scaled(1000);
	const { desk, port } = await start({ silenceTimeout: short, handshakeTimeout: LONG });
	const talker = await stall(port, (await recordClientHello()).subarray(0, 100));
	const started = performance.now();
	const silent = await stall(port, Buffer.alloc(0));
	await expectDropped(silent, short, started);
	await desk.waitForLine(/refused TIMEOUT/);
	expect(talker.readyState).toBe("open");
});

test("Z2 a client that stalls is dropped after handshakeTimeout, whatever silenceTimeout is", async () => {
	const short = scaled(1000);
	const { desk, port } = await start({ silenceTimeout: LONG, handshakeTimeout: short });
	const silent = await stall(port, Buffer.alloc(0));
	const hello = (await recordClientHello()).subarray(0, 100);
	const started = performance.now();
	const talker = await stall(port, hello);
	await expectDropped(talker, short, started);
	await desk.waitForLine(/refused TIMEOUT/);
	expect(silent.readyState).toBe("open");
});
