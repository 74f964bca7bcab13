import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { curl } from "../https";
import { holdBack, isServed, patient, stall, start } from "./admission";
import { recordClientHello } from "./raw";

/** A ClientHello of TLS 1.2 with one suite. */
const hello = Buffer.from(`160301002d010000290303${"00".repeat(32)}000002c02b0100`, "hex");

/** Says nothing more once the server has answered its ClientHello. */
async function stallHalfway(port: number): Promise<Socket> {
	const socket = await stall(port, await recordClientHello());
	const [answer] = await once(socket, "data");
	expect(answer[0]).toBe(22);
	return socket;
}

const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));

test("Z2 clients that stall within their ClientHello hold no slot", async () => {
	const { port, get } = await start({ ...patient, maxHandshakes: 1 });
	for (let i = 1; i <= 8; i++) await stall(port, hello.subarray(0, 5 * i));
	await pause(100);
	expect(isServed(await get())).toBe(true);
});

test("Z2 Z3 clients that stall with all of the slots delay no other, and may go on", async () => {
	const { desk, port, get } = await start({ maxHandshakes: 3, ...patient });
	const ways = await Promise.all([1, 2, 3].map(() => holdBack(port)));
	const slow = ways.map(way => curl(`https://localhost:${way.port}/`));
	await Promise.all(ways.map(way => way.answered));
	expect(isServed(await get())).toBe(true);
	for (const way of ways) way.release();
	expect((await Promise.all(slow)).every(isServed)).toBe(true);
	expect(desk.output).not.toContain("refused");
});

test("Z2 a client that sends its second flight byte by byte delays no other", async () => {
	const { port, get } = await start({ maxHandshakes: 1, ...patient });
	const slow = await stallHalfway(port);
	slow.setNoDelay(true).write(Buffer.from("1703030400", "hex"));
	const drip = setInterval(() => slow.write("x"), 20);
	const outcome = await get();
	clearInterval(drip);
	expect(isServed(outcome)).toBe(true);
	expect(slow.readyState).toBe("open");
});

test("Z2 Z3 a client that stalls is dropped when another needs its memory", async () => {
	const { desk, port, get, setBlock } = await start(patient);
	await stallHalfway(port);
	await setBlock(16_383);
	const request = get();
	await desk.waitForLine(/refused BUSY/);
	await setBlock(16_384);
	expect(isServed(await request)).toBe(true);
});

test("Z2 silent clients are dropped when another needs their place", async () => {
	const { desk, port, get } = await start(patient);
	for (let i = 0; i < 20; i++) await stall(port, Buffer.alloc(0));
	expect(isServed(await get())).toBe(true);
	expect(desk.output).toContain("refused BUSY");
});
