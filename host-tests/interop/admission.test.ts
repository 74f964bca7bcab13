import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { startDesk } from "./desk";
import { curl, type Outcome } from "./https";
import { identityFolder } from "./identities";

let desk: ReturnType<typeof startDesk> | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await desk?.stop();
	desk = undefined;
});

async function start(config: Record<string, number> = {}) {
	desk = startDesk({ main: "build/js/host-tests/programs/admission-server.js", resources: [identityFolder], config });
	const port = Number((await desk.waitForLine(/served on (\d+)/))[1]);
	const control = Number((await desk.waitForLine(/control on (\d+)/))[1]);
	return {
		port,
		get: () => curl(`https://localhost:${port}/`),
		setBlock: (size: number) => curl("-X", "POST", `http://127.0.0.1:${control}/block/${size}`)
	};
}

/** A ClientHello of TLS 1.2 with one suite. */
const hello = Buffer.from(`160301002d010000290303${"00".repeat(32)}000002c02b0100`, "hex");

async function stall(port: number, bytes: Buffer): Promise<Socket> {
	const socket = connect(port, "127.0.0.1").on("error", () => undefined);
	sockets.push(socket);
	await new Promise(resolve => socket.write(bytes, resolve));
	return socket;
}

const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));

const isServed = ({ status, stdout }: Outcome): boolean => status === 0 && stdout === "served";

test("Z3 while memory is short handshakes wait, and all are served when there is enough", async () => {
	const { get, setBlock } = await start();
	await setBlock(20_000);
	const requests = [get(), get(), get()];
	expect(await Promise.race([...requests, pause(700)])).toBe("waiting");
	await setBlock(40_000);
	expect((await Promise.all(requests)).every(isServed)).toBe(true);
	expect(desk?.output).not.toContain("refused");
});

test("Z3 handshakes over the cap wait and are served", async () => {
	const { get } = await start({ maxHandshakes: 1 });
	const outcomes = await Promise.all(Array.from({ length: 10 }, get));
	expect(outcomes).toEqual(Array(10).fill({ status: 0, stdout: "served", stderr: "" }));
	expect(desk?.output).not.toContain("refused");
});

test("Z2 clients that stall within their ClientHello hold no place", async () => {
	const { port, get } = await start({ maxHandshakes: 1 });
	for (let i = 1; i <= 8; i++) await stall(port, hello.subarray(0, 5 * i));
	await pause(100);
	expect(isServed(await get())).toBe(true);
});
