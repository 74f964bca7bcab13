import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { freePort } from "../../interop/free-port";

test("ports that programs are told are none that a system gives to whoever asks for any, and no two alike", async () => {
	const told = await Promise.all(Array.from({ length: 40 }, freePort));
	expect(new Set(told).size).toBe(told.length);
	const server = createServer().listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	expect(Math.max(...told)).toBeLessThan(Math.min(16_001, (server.address() as AddressInfo).port));
	await new Promise(resolve => server.close(resolve));
});

test("one that somebody listens on is not told", async () => {
	const port = await freePort();
	const server = createServer().listen(port + 1, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve).once("error", resolve));
	expect(await freePort()).not.toBe(port + 1);
	await new Promise(resolve => server.close(resolve));
});
