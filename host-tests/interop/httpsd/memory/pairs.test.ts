// Z12: limits in pairs, each hit at n - 1, n and n + 1 by half of as many clients as there are places, in the memory of an
// ESP32-C3. Whoever has no room just then tries again, until all have had the answer that their length deserves. Behind each
// pair nothing is charged but what the one who asks holds himself.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { until } from "../../../deadline";
import { type Client, open, startSite } from "./client";
import { answerIn, isWhole, type Limit, limits, maxFragments } from "./limits";

let port: number;
let stop: () => Promise<void>;
let watcher: Client;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "limits-site", { aheadTimeout: 100, maxFragments }));
	watcher = await open(port);
});
/** One place is the watcher's. */
const clients = httpLimits.maxConnections - 1;
const names = Object.keys(limits);
const pairs = names.flatMap((one, at) => names.slice(at).map(other => [one, other] as const));

/** What is charged once all others have left: their end may not have come yet. */
async function used(): Promise<number> {
	let last = { places: 0, used: 0 };
	const isAlone = async () => {
		const figures = await watcher.fetch("/memory");
		// It has had its turn.
		if (!watcher.isOpen) watcher = await open(port);
		if (figures !== "") last = JSON.parse(figures);
		return figures !== "" && last.places === 1;
	};
	await until(isAlone, () => `an end of all others: ${last.places} places are taken`);
	return last.used;
}

/** There was no room just then. */
const isBusy = (answer: string) => answer === "503" || answer === "101 close 1013";

/** The answer, once there has been room. */
async function answerTo(limit: Limit, n: number, expected: string): Promise<string> {
	let answer = "";
	const isAnswered = async () => {
		const client = await open(port);
		answer = answerIn(await client.send(limit.text(n), text => isWhole(answerIn(text), limit)));
		client.close();
		return !isBusy(answer) || answer === expected;
	};
	await until(isAnswered, () => `${expected}: ${answer}`, 30_000);
	return answer;
}

describe("Z12 limits in pairs", () => {
	let atRest: number;
	beforeAll(async () => {
		await used();
		atRest = await used();
	});

	test.each(pairs)("%s and %s", async (...both) => {
		for (const away of [-1, 0, 1]) {
			const asked = Array.from({ length: clients }, async (_, index) => {
				const limit = limits[both[index % 2] as string] as Limit;
				const expected = away > 0 ? limit.bad : limit.good;
				expect(await answerTo(limit, limit.n + away, expected)).toBe(expected);
			});
			await Promise.all(asked);
			expect(await used()).toBe(atRest);
		}
	});

	// With others there a 503 is an answer for a moment; without them there is room, and each limit is told from the want of it.
	test.each(names)("%s alone is hit exactly, and nothing is refused for want of memory", async name => {
		const limit = limits[name] as Limit;
		for (const away of [-1, 0, 1]) {
			const client = await open(port);
			const answer = answerIn(await client.send(limit.text(limit.n + away), text => isWhole(answerIn(text), limit)));
			client.close();
			expect([away, answer]).toEqual([away, away > 0 ? limit.bad : limit.good]);
			expect(await used()).toBe(atRest);
		}
	});

	test("a head is remembered up to maxKeptHead", async () => {
		const { text, n } = limits.maxKeptHead as Limit;
		for (const length of [n - 1, n, n + 1]) {
			const client = await open(port);
			await client.send(text(length), each => each.endsWith("good"));
			const { used } = JSON.parse(await watcher.fetch("/memory")) as { used: number };
			expect(used > atRest + n).toBe(length <= n);
			client.close();
		}
	});

	test("nothing is charged once all have left", async () => {
		watcher.close();
		await stop();
	});
});
