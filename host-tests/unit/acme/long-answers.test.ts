// What is refused in any case is not waited for: a directory of a length that no order reads had one of an idle device wait for memory for two
// minutes, and fail for lack of it. Nor is what nobody can make room for.

import "../tls/natives";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type ACMEError from "acme/error";
import { limits } from "acme/limits";
import Session from "acme/protocol/session";
import type { Answer, Steps } from "acme/protocol/steps";
import type RequesterType from "acme/transport/requester";
import Run from "acme/transport/run";

jest.mock("tls/socket", () => ({ default: class {}, __esModule: true }));
jest.mock("embedded:io/socket/tcp", () => ({ default: class {}, __esModule: true }), { virtual: true });
// Behind the mocks, which nothing hoists.
const { default: Requester } =
	jest.requireActual<typeof import("acme/transport/requester")>("acme/transport/requester");

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** As the SDK's client, with an answer of so many bytes. */
const clientOf = (length: number) =>
	class {
		readonly #options: { onError(error: unknown): void };
		constructor(options: { onError(error: unknown): void }) {
			this.#options = options;
		}
		request({ onHeaders }: { onHeaders(status: number, fields: ReadonlyMap<string, string>): void }): void {
			Promise.resolve().then(() => {
				try {
					onHeaders(200, new Map([["content-length", String(length)]]));
				} catch (error) {
					this.#options.onError(error);
				}
			});
		}
		close(): void {}
	};

const step = { type: "request", method: "GET", url: "https://ca.example/", most: limits.maxAnswer } as const;

/** What is told of an answer of so many bytes. */
async function beginAnswer(length: number, hasRoom: (bytes: number) => boolean) {
	const requester = new Requester({ io: clientOf(length) } as never, {} as never, Date.now);
	const asked: number[] = [];
	let isConnected = false;
	requester.room = {
		hasRoom: bytes => asked.push(isConnected ? bytes : Number.NaN) > 0 && hasRoom(bytes),
		connected: is => {
			isConnected = is;
		},
		lookAgain: look => void setTimeout(look, limits.poll)
	};
	const failures: (string | undefined)[] = [];
	requester.request(step, (_, error) => void failures.push((error as ACMEError).code));
	await jest.advanceTimersByTimeAsync(1);
	return { requester, asked, failures };
}

test.each([limits.maxAnswer + 1, 9_999_999_999])("Z17 Z12 an answer of %d bytes is ANSWER_SIZE", async length => {
	const { requester, asked, failures } = await beginAnswer(length, () => false);
	expect([failures, asked]).toEqual([["ANSWER_SIZE"], []]);
	requester.close();
});

test.each<[number, boolean, boolean]>([
	[limits.maxAnswer, false, false],
	[limits.maxAnswer, true, true],
	[limits.usualAnswer, false, true]
])(
	"Z17 Z12 of an answer of %d bytes, where there is room for more than is held: %s, pieces are taken: %s",
	async (length, isThere, isTaken) => {
		const { requester, asked } = await beginAnswer(length, () => isThere);
		expect(requester.hasRoomFor(1)).toBe(isTaken);
		// Beside what is held, of which the connection has taken its part.
		expect(asked).toEqual(length === limits.maxAnswer ? [limits.maxAnswer - limits.usualAnswer] : []);
		requester.close();
	}
);

test("Z17 Z12 an answer that waits for room is not waited for: the CA has as long as ever when there is some", async () => {
	const { requester, failures } = await beginAnswer(limits.maxAnswer, () => false);
	let looks = 0;
	const look = () => {
		if (++looks < 20) requester.lookAgain(look);
	};
	look();
	await jest.advanceTimersByTimeAsync(19 * limits.poll + limits.answerTimeout - 1);
	expect([looks, failures]).toEqual([20, []]);
	await jest.advanceTimersByTimeAsync(1);
	expect(failures).toEqual(["TIMEOUT"]);
});

test.each([
	[1300, "not asked for"],
	[40, "room"]
])("Z17 Z12 values that would take more than is read are not asked for, as %d are: %s", (count, next) => {
	const text = `{"newNonce":[${"{},".repeat(count)}{}]}`;
	const steps = new Session({} as never, undefined).get(step.url);
	steps.next();
	const answer = { status: 200, content: new TextEncoder().encode(text).buffer } as unknown as Answer;
	const { done, value } = steps.next(answer);
	expect(done ? "not asked for" : value.type).toBe(next);
});

function* reading(): Steps<string> {
	yield { type: "room", bytes: 9_999, slots: 9_999 };
	return "read";
}
function* asking(): Steps<string> {
	yield step;
	return "answered";
}

/** As a requester does whose answer waits for room, for ever. */
function waitForRoom(this: RequesterType, _: unknown, done: (answer: undefined, error: Error) => void): void {
	const look = () => {
		try {
			this.room.lookAgain(look);
		} catch (error) {
			done(undefined, error as Error);
		}
	};
	look();
}

test.each<[string, () => Steps<string>, boolean, number]>([
	["for an answer that is read", reading, true, (limits.maxAsks * limits.poll) / limits.askAlone],
	["for an answer that is read", reading, false, limits.maxAsks * limits.poll],
	["for one that comes", asking, true, (limits.maxAsks * limits.poll) / limits.askAlone],
	["for one that comes", asking, false, limits.maxAsks * limits.poll]
])(
	"Z17 Z12 room that never comes, %s, where nobody is connected: %s: the order fails after %d ms",
	async (_, makeSteps, isAlone, after) => {
		const ends: unknown[] = [];
		const giveBack = Object.assign(() => {}, { isThere: () => false, isAlone: () => isAlone });
		const requester = { close: () => {}, request: waitForRoom } as unknown as RequesterType;
		const options = { requester, memory: { hold: async () => giveBack }, accountRoom: 0, onAccount: () => {} };
		new Run(makeSteps(), options, (_, error) => ends.push((error as ACMEError).code));
		await jest.advanceTimersByTimeAsync(after - 1);
		expect(ends).toEqual([]);
		await jest.advanceTimersByTimeAsync(limits.poll);
		expect(ends).toEqual(["MEMORY"]);
	}
);
