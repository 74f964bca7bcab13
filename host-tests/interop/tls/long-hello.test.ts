// A ClientHello may have 8,192 bytes, which stand in the memory that handshakes wait for.

import { once } from "node:events";
import { expect, test } from "@jest/globals";
import { isServed, patient, stall, start } from "./admission";
import { lengthen, recordClientHello } from "./raw";

const most = 8192;
const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));

test("Z3 Z12 a handshake with a long ClientHello waits for what that one takes, and is answered then", async () => {
	const { port, setBlock } = await start(patient);
	const hello = await recordClientHello();
	// 4,096 for others, 9,728, and the hello twice.
	const wanted = (length: number): number => 4096 + 9728 + 2 * (5 + length);
	for (const length of [1500, 3000, most]) {
		await setBlock(Math.max(16_384, wanted(length)) - 1);
		const socket = await stall(port, lengthen(hello, length));
		const answer = once(socket, "data");
		expect([length, await Promise.race([answer, pause(400)])]).toEqual([length, "waiting"]);
		await setBlock(Math.max(16_384, wanted(length)));
		expect([length, (await answer)[0][0]]).toEqual([length, 22]);
		socket.destroy();
	}
});

test("Z3 Z12 those that wait in each other's memory with a long ClientHello do not wait for ever, nor do others", async () => {
	const { desk, port, get } = await start({ memory: 46_000, ...patient });
	const long = lengthen(await recordClientHello(), most);
	const sockets = [];
	for (let i = 0; i < 4; i++) sockets.push(await stall(port, long.subarray(0, -1)));
	await pause(500);
	for (const socket of sockets) socket.write(long.subarray(-1));
	await pause(500);
	expect(isServed(await get())).toBe(true);
	expect(desk.output).toContain("refused BUSY");
});

test("Z3 one with a long ClientHello that waits for more memory than there is goes after a while", async () => {
	const { desk, port, get } = await start({ memory: 25_000, ...patient });
	await stall(port, lengthen(await recordClientHello(), most));
	expect(isServed(await get())).toBe(true);
	await desk.waitForLine(/refused BUSY/);
	expect(isServed(await get())).toBe(true);
});
