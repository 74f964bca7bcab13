import { expect, test } from "@jest/globals";
import { isServed, patient, stall, start } from "./admission";

const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));

test("Z3 while memory is short handshakes wait, and all are served when there is enough", async () => {
	const [{ desk, get, setBlock }, untouched] = [await start(patient), await start(patient)];
	await setBlock(16_383);
	const requests = [get(), get(), get()];
	const others = async () => {
		for (let round = 0; round < 3; round++) expect(isServed(await untouched.get())).toBe(true);
		return pause(700);
	};
	expect(await Promise.race([...requests, others()])).toBe("waiting");
	await setBlock(16_384);
	expect((await Promise.all(requests)).every(isServed)).toBe(true);
	expect(desk.output).not.toContain("refused");
});

test("Z3 a handshake waits for what the context takes that select chose, not the listener's own", async () => {
	const { desk, get, setBlock } = await start({ ...patient, selectDelay: 0, selected: "rsa4096" });
	await setBlock(40_959);
	const request = get();
	expect(await Promise.race([request, pause(700)])).toBe("waiting");
	await setBlock(40_960);
	expect(isServed(await request)).toBe(true);
	expect(desk.output).not.toContain("refused");
});

test("Z3 handshakes over the cap wait and are served", async () => {
	const { desk, get } = await start({ ...patient, maxHandshakes: 1 });
	const outcomes = await Promise.all(Array.from({ length: 10 }, get));
	expect(outcomes).toEqual(Array(10).fill({ status: 0, stdout: "served", stderr: "" }));
	expect(desk.output).not.toContain("refused");
});

test("Z3 with contexts that are selected later, concurrent handshakes still stay within memory", async () => {
	const { desk, get, peak } = await start({ ...patient, memory: 60_000, selectDelay: 50 });
	expect((await Promise.all(Array.from({ length: 8 }, get))).every(isServed)).toBe(true);
	expect(await peak()).toBeLessThan(60_000);
	expect(desk.output).not.toContain("refused");
});

test("E9 Z3 one failed allocation, whichever, costs one connection and not the server", async () => {
	const { desk, get, failAt } = await start();
	for (let n = 1; n <= 200; n += n < 8 ? 1 : 13) {
		await failAt(n);
		await get();
		await failAt(0);
		expect([n, (await get()).stdout]).toEqual([n, "served"]);
	}
	expect(desk.output).toContain("refused MEMORY");
});

test("E9 a listener that is closed in its onError stays closed, and no more events follow", async () => {
	const { desk, port } = await start({ stopOnError: true });
	for (let i = 0; i < 20; i++) await stall(port, Buffer.alloc(0));
	await desk.waitForLine(/refused BUSY/);
	expect(await desk.exit).toEqual({ code: 0, signal: null });
	expect(desk.output).not.toContain("Error");
});
