// What a TLSSocket makes of parameters out of range and of being taken over (host-tests/programs/server/socket-calls.ts).

import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { TLSSocket } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { identityFolder } from "../identities";

let desk: Desk | undefined;
afterEach(async () => {
	await desk?.stop();
});

function run(program: string, config: Record<string, number> = {}): Desk {
	const main = "build/js/host-tests/programs/server/socket-calls.js";
	desk = startDesk({ main, resources: [identityFolder], config: { program, ...config } });
	return desk;
}

async function runUntil(line: RegExp, program: string): Promise<Desk> {
	const running = run(program);
	await running.waitForLine(line);
	return running;
}

test("C6 a value that is neither a buffer nor a byte is refused, and none of it is sent", async () => {
	const { output } = await runUntil(/^echo only this$/m, "write");
	const answers = output.match(/^write .*/gm) ?? [];
	expect(answers.filter(line => line.endsWith(": TypeError"))).toHaveLength(14);
	expect(answers).toHaveLength(14);
});

test("C6 a count to read that is not an integer, or too large, is refused, and no byte is lost", async () => {
	const { output } = await runUntil(/^rest abcdef$/m, "read");
	expect(output.match(/^read .*: RangeError$/gm)).toHaveLength(5);
	expect(output.match(/^read (7|10000000000): Error$/gm)).toHaveLength(2);
});

test("C6 what has come is the buffer that it is like, where it has the same bytes; nothing is lost by what is refused", async () => {
	const { output } = await runUntil(/^like closed: SyntaxError$/m, "like");
	expect(output.match(/^like (0|-1|1.5|NaN|7): RangeError$/gm)).toHaveLength(5);
	expect(output).toMatch(/^like none: TypeError$/m);
	expect(output).toMatch(/^like the same: true\nlike another: def$/m);
});

test("C6 views of any kind are written, and views of bytes are read into", async () => {
	const { output } = await runUntil(/^echo 4 0x64636261$/m, "views");
	expect(output.match(/^into .*: TypeError$/gm)).toHaveLength(3);
});

test("C6 what was written with more: true goes to the socket that takes the connection over", async () => {
	await run("held").waitForLine(/^echo held and handed over$/m);
});

test("E4 three listeners and twelve clients at once, in one program", async () => {
	const { output } = await runUntil(/^answers 12$/m, "several");
	expect(output).not.toContain("Error");
});

test("Z7 a socket that takes a connection over gets its sessions", async () => {
	await run("session").waitForLine(/^session of true$/m);
});

test("E8 a socket that takes over a connection that was cut gets onError", async () => {
	const [cert, key] = ["p256.pem", "p256.key.pem"].map(name => readFileSync(`${identityFolder}/${name}`));
	const peer = createServer(tcp => {
		new TLSSocket(tcp, { isServer: true, cert, key }).once("secure", () => setTimeout(() => tcp.destroy(), 50));
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => peer.once("listening", resolve));
	const { port } = peer.address() as { port: number };
	const end = run("truncated", { port }).waitForLine(/^ended (\w+)$/m);
	expect((await end)[1]).toBe("TRUNCATED");
	peer.close();
});
