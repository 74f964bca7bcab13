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
	const memory = { hold: async () => () => void log.push("given back") };
	const done = (result: unknown, error?: unknown) => log.push(`${result} ${(error as { code?: string })?.code}`);
	new Run(showing(challenge), { requester, memory, onAccount: () => {} }, done);
	return log;
}

test("Z17 a proof that an application never shows ends the order in half an hour, and its memory is given back", async () => {
	const log = run(() => new Promise(() => {}));
	await jest.advanceTimersByTimeAsync(limits.callTimeout - 1);
	expect(log).toEqual([]);
	await jest.advanceTimersByTimeAsync(1);
	expect(log).toEqual(["given back", "closed", "undefined TIMEOUT", "withdrawn"]);
});

test("Z17 what has ended is not ended again", async () => {
	const log = run(async () => {});
	await jest.advanceTimersByTimeAsync(2 * limits.callTimeout);
	expect(log).toEqual(["withdrawn", "given back", "closed", "shown undefined"]);
});
