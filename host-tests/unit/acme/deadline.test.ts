// Nothing that an application or a CA does not end keeps a device from its next order.

import "../tls/natives";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { Challenge } from "acme/challenge";
import { limits } from "acme/limits";
import type { Steps } from "acme/protocol/steps";
import type Requester from "acme/transport/requester";
import Run from "acme/transport/run";
import { httpChallenge } from "./scripted-ca";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const proof = { name: "lamp.example", token: "t", keyAuthorization: "t.k" };

function* showing(challenge: Challenge): Steps<string> {
	try {
		yield { type: "show", challenge, proof };
		return "shown";
	} finally {
		yield { type: "withdraw", challenge, proof };
	}
}

function run(show: () => Promise<void>) {
	const log: string[] = [];
	const challenge = { ...httpChallenge, show, withdraw: () => void log.push("withdrawn") };
	const requester = { close: () => void log.push("closed") } as unknown as Requester;
	const giveBack = () => void log.push("given back");
	const memory = { hold: async () => giveBack };
	const done = (result: unknown, error?: unknown) => log.push(`${result} ${(error as { code?: string })?.code}`);
	new Run(showing(challenge), { requester, memory, accountRoom: 0, onAccount: () => {} }, done);
	return log;
}

test("Z17 a proof that an application never shows ends the order in half an hour, and its memory is given back", async () => {
	const log = run(() => new Promise(() => {}));
	await jest.advanceTimersByTimeAsync(limits.callTimeout - 1);
	expect(log).toEqual([]);
	await jest.advanceTimersByTimeAsync(1);
	expect(log).toEqual(["closed", "given back", "undefined TIMEOUT", "withdrawn"]);
});

test.each<[string, () => Promise<void>]>([
	[
		"throws",
		() => {
			throw new Error("no such zone");
		}
	],
	["rejects", () => Promise.reject(new Error("no such zone"))],
	["rejects late", () => new Promise((_, reject) => setTimeout(reject, 60_000, "no such zone"))]
])(
	"Z17 an application that %s where a proof is to be shown, as in the zone of a wildcard: the order ends",
	async (_, show) => {
		const log = run(show);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(log).toEqual(["withdrawn", "closed", "undefined CHALLENGE_FAILED", "given back"]);
	}
);

test("Z17 a proof that is shown after the order was given up changes nothing", async () => {
	let settle: () => void = () => {};
	const log = run(
		() =>
			new Promise(resolve => {
				settle = resolve;
			})
	);
	await jest.advanceTimersByTimeAsync(limits.callTimeout);
	const before = [...log];
	settle();
	await jest.advanceTimersByTimeAsync(1);
	expect(log).toEqual(before);
});

test("Z17 what has ended is not ended again", async () => {
	const log = run(async () => {});
	await jest.advanceTimersByTimeAsync(2 * limits.callTimeout);
	expect(log).toEqual(["withdrawn", "closed", "shown undefined", "given back"]);
});

function* downloading(): Steps<string> {
	yield { type: "request", method: "GET", url: "https://ca.example/1", most: 1, isChain: true };
	return "a chain";
}

test("Z17 an order is charged for before the CA is asked, and until its chain has been taken", async () => {
	const log: string[] = [];
	const requester = {
		close: () => {},
		request: (_: unknown, done: (answer: undefined) => void) => {
			log.push("asked");
			Promise.resolve().then(() => done(undefined));
		}
	} as unknown as Requester;
	const memory = {
		hold: async (bytes: number) => {
			log.push(`${bytes} held`);
			return () => void log.push("given back");
		}
	};
	new Run(downloading(), { requester, memory, accountRoom: 0, onAccount: () => {} }, result => log.push(`${result}`));
	await jest.advanceTimersByTimeAsync(0);
	expect(log).toEqual([`${limits.charge} held`, "asked", "a chain", "given back"]);
});

test.each(["nothing", "a failure"])("Z17 memory of which there is %s ends the order", async what => {
	const hold = async () => {
		if (what === "nothing") return undefined;
		throw new Error("out of order");
	};
	const ends: string[] = [];
	const requester = { close: () => {} } as unknown as Requester;
	new Run(downloading(), { requester, memory: { hold }, accountRoom: 0, onAccount: () => {} }, (_, error) =>
		ends.push(String(error))
	);
	await jest.advanceTimersByTimeAsync(2 * limits.maxAsks * limits.poll);
	const noMemory =
		/^ACMEError: There is no memory to ask the CA .*: the application has to be smaller, fewer clients there/;
	expect(ends).toEqual([what === "nothing" ? expect.stringMatching(noMemory) : "Error: out of order"]);
});
