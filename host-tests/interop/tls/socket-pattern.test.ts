// A TLSSocket and a TLSListener as ECMA-419's pattern has sockets, before a connection and after it
// (host-tests/programs/server/socket-pattern.ts).

import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { identityFolder } from "../identities";

async function run(program: string, last: RegExp): Promise<string[]> {
	const main = "build/js/host-tests/programs/server/socket-calls.js";
	const desk = startDesk({ main, resources: [identityFolder], config: { program } });
	await desk.waitForLine(last);
	await desk.stop();
	return desk.output.trim().split("\n");
}

const answers = (when: string, ...rest: string[]): string[] =>
	["read", "read into", "write", "address", "port", "format", "close"].map(
		(name, at) => `${when} ${name}: ${rest[at]}`
	);
const closed = (when: string): string[] => answers(when, ...Array<string>(6).fill("SyntaxError"), "undefined");
const unconnected = ["undefined", "undefined", "Error", "undefined", "undefined", "buffer", "undefined"];

test("C6 a closed socket refuses every call but close", async () => {
	const wrong = Array<string>(6).fill("wrong from: SyntaxError");
	expect(await run("closed", /^told$/m)).toEqual([...closed("closed"), "closed from: SyntaxError", ...wrong, "told"]);
});

test("C6 a socket that is connecting has nothing to read, and another may take it over", async () => {
	expect(await run("connecting", /^echo .*$/m)).toEqual([
		...answers("connecting", ...unconnected),
		...closed("taken"),
		"taken again: SyntaxError",
		"echo taken over buffer"
	]);
});

test("C6 a socket that has taken over an attempt to connect gets its onError", async () => {
	const last = /^failed close: undefined$/m;
	const lines = ["CONNECT_FAILED", "failed from: SyntaxError", ...answers("failed", ...unconnected)];
	expect(await run("failed", last)).toEqual(lines);
});

test("C6 numbers are written with format number alone, as many as there is room for when they are kept together", async () => {
	expect(await run("numbers", /^wrote .*$/m)).toEqual([
		"buffer: TypeError",
		"buffer more: TypeError",
		...["-1", "256", "1.5", "NaN"].map(wrong => `number ${wrong}: RangeError`),
		expect.stringMatching(/^room: \d+$/),
		"wrote true"
	]);
});

test("C6 what was announced is written in parts of one byte, arrives in order, and no byte more is taken", async () => {
	expect(await run("parts", /^(arrived|wrong) .*$/m)).toEqual([
		"one too many: Error",
		"another byte: Error",
		"arrived true"
	]);
});

test("C6 methods that another object has borrowed throw a SyntaxError, as those of TCP and Listener do", async () => {
	const names = ["read", "write", "close", "remoteAddress", "remotePort", "format"];
	const ofSocket = [0, 1, 2, 3].flatMap(at => names.map(name => `borrowed ${at} ${name}: SyntaxError`));
	const ofListener = [0, 1, 2, 3].flatMap(at => ["read", "close"].map(name => `listener ${at} ${name}: SyntaxError`));
	expect(await run("borrowed", /^told$/m)).toEqual([...ofSocket, ...ofListener, "told"]);
});

test("C6 a listener without a port takes any that is free; a port or an address that is undefined is an Error", async () => {
	expect(await run("ports", /^told$/m)).toEqual([
		"free: true",
		"listen undefined: Error",
		"connect undefined: Error",
		"connect nowhere: Error",
		"told"
	]);
});

test("C6 a listener has the format socket/tcp, and a closed one refuses calls", async () => {
	expect(await run("listener", /^told$/m)).toEqual([
		"format: socket/tcp",
		"format 123: RangeError",
		"read: undefined",
		"closed read: SyntaxError",
		"closed port: SyntaxError",
		"told"
	]);
});
