// Closing over what is on its way (row E8): either the peer has all of it and close_notify, or it knows that it has not.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { closedFor, delay, folder, givenUp, portOf, start, written } from "./close-peers";

interface Reading {
	/** Bytes of the server's that were printed. */
	readonly count: number;
	readonly status: number | null;
	readonly stderr: string;
}

/** A client that says nothing, to its end. */
async function readBy(program: string, ...parameters: string[]): Promise<Reading> {
	const child = spawn(program, parameters);
	let [count, stderr] = [0, ""];
	child.stdout.on("data", (chunk: Buffer) => {
		count += chunk.toString("latin1").replace(/[^x]/g, "").length;
	});
	child.stderr.on("data", chunk => {
		stderr += chunk;
	});
	const [status] = await once(child, "close");
	return { count, status, stderr };
}

const ca = folder.file("ca.pem");
const readers = {
	"openssl s_client": (port: number) =>
		readBy("openssl", "s_client", "-connect", `127.0.0.1:${port}`, "-quiet", "-CAfile", ca),
	"gnutls-cli": (port: number) =>
		readBy("gnutls-cli", "--x509cafile", ca, "--logfile", "/dev/null", "-p", String(port), "localhost")
};

describe("E8 a server closes over a full connection", () => {
	test.each(Object.entries(readers))(
		"E8 %s that reads late receives all of it, and an orderly end",
		async (_, read) => {
			const desk = start({ fills: true });
			const { count, status, stderr } = await read(await delay(await portOf(desk), () => closedFor(desk)));
			expect(count).toBe(await written(desk));
			expect(count).toBeGreaterThan(100_000);
			await desk.waitForLine(/^unsent 0 /m);
			expect(stderr).not.toMatch(/unexpected eof|non-properly terminated/);
			expect(status).toBe(0);
		}
	);

	test("E8 a client of ours too", async () => {
		const desk = start({ fills: true });
		const client = start({ port: await delay(await portOf(desk), () => closedFor(desk)) });
		await client.exit;
		expect(client.output).toBe(`ended after ${await written(desk)}\n`);
	});

	test("E8 one that reads after five seconds learns that bytes are missing, and so does the end that closed", async () => {
		const desk = start({ fills: true });
		const givesUp = givenUp(desk);
		const client = start({ port: await delay(await portOf(desk), () => givesUp) });
		await Promise.all([givesUp, client.exit, desk.exit]);
		const [, count] = /^error TRUNCATED after (\d+)\n$/.exec(client.output) ?? [];
		expect(Number(count)).toBeLessThanOrEqual(await written(desk));
		expect(Number(count)).toBeGreaterThan((await written(desk)) - 20_000);
	});
});
