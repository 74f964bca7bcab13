// The two deadlines of a listener are two.

import { expect, test } from "@jest/globals";
import { stall, start } from "./admission";
import { recordClientHello } from "./raw";

const LONG = 60_000;

test("Z2 a silent client is dropped after silenceTimeout, whatever handshakeTimeout is", async () => {
	const { desk, port } = await start({ silenceTimeout: 200, handshakeTimeout: LONG });
	const talker = await stall(port, (await recordClientHello()).subarray(0, 100));
	const silent = await stall(port, Buffer.alloc(0));
	await desk.waitForLine(/refused TIMEOUT/);
	await new Promise(resolve => (silent.readyState === "closed" ? resolve(undefined) : silent.once("close", resolve)));
	expect(talker.readyState).toBe("open");
});

test("Z2 a client that stalls is dropped after handshakeTimeout, whatever silenceTimeout is", async () => {
	const { desk, port } = await start({ silenceTimeout: LONG, handshakeTimeout: 200 });
	const silent = await stall(port, Buffer.alloc(0));
	const talker = await stall(port, (await recordClientHello()).subarray(0, 100));
	await desk.waitForLine(/refused TIMEOUT/);
	await new Promise(resolve => (talker.readyState === "closed" ? resolve(undefined) : talker.once("close", resolve)));
	expect(silent.readyState).toBe("open");
});
