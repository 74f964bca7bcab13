import { expect, test } from "@jest/globals";
import { isServed, start } from "./admission";

const pause = (milliseconds: number): Promise<"waiting"> =>
	new Promise(resolve => setTimeout(() => resolve("waiting"), milliseconds));

test("Z3 while memory is short handshakes wait, and all are served when there is enough", async () => {
	const { desk, get, setBlock } = await start();
	await setBlock(20_000);
	const requests = [get(), get(), get()];
	expect(await Promise.race([...requests, pause(700)])).toBe("waiting");
	await setBlock(40_000);
	expect((await Promise.all(requests)).every(isServed)).toBe(true);
	expect(desk.output).not.toContain("refused");
});

test("Z3 handshakes over the cap wait and are served", async () => {
	const { desk, get } = await start({ maxHandshakes: 1 });
	const outcomes = await Promise.all(Array.from({ length: 10 }, get));
	expect(outcomes).toEqual(Array(10).fill({ status: 0, stdout: "served", stderr: "" }));
	expect(desk.output).not.toContain("refused");
});
