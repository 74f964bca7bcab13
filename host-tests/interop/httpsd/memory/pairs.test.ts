// Z12: limits in pairs, each hit at n - 1, n and n + 1 by half of as many clients as there are places, in the memory of an
// ESP32-C3. Whoever has no room just then tries again, until all have had the answer that their length deserves. Behind each
// pair nothing is charged but what the one who asks holds himself.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { until } from "../../../deadline";
import { type Client, open, startSite } from "./client";
import { answerIn, isWhole, type Limit, limits, maxFragments } from "./limits";

/** One place is the watcher's. */
const clients = httpLimits.maxConnections - 1;
const names = Object.keys(limits);
const pairs = names.flatMap((one, at) => names.slice(at).map(other => [one, other] as const));

/** A device, and who looks at what it has charged. */
class Site {
	readonly port: number;
	readonly #stop: () => Promise<void>;
	#watcher: Client;
	/** What is charged while nobody else is there. */
	atRest = 0;

	private constructor({ port, stop }: { port: number; stop: () => Promise<void> }, watcher: Client) {
		this.port = port;
		this.#stop = stop;
		this.#watcher = watcher;
	}

	/** Whoever has no room tries again, and need not wait for long before. */
	static async start(): Promise<Site> {
		const started = await startSite("esp32c3", "limits-site", { aheadTimeout: 100, memoryTimeout: 100, maxFragments });
		const site = new Site(started, await open(started.port));
		await site.used();
		site.atRest = await site.used();
		return site;
	}

	stop(): Promise<void> {
		this.#watcher.close();
		return this.#stop();
	}

	/** What is charged while others are there; "" where the watcher has had its turn. */
	figures(): Promise<string> {
		return this.#watcher.fetch("/memory");
	}

	/** What is charged once all others have left: their end may not have come yet. */
	async used(): Promise<number> {
		let last = { places: 0, used: 0 };
		const isAlone = async () => {
			const figures = await this.figures();
			if (!this.#watcher.isOpen) this.#watcher = await open(this.port);
			if (figures !== "") last = JSON.parse(figures);
			return figures !== "" && last.places === 1;
		};
		await until(isAlone, () => `an end of all others: ${last.places} places are taken`);
		return last.used;
	}
}

/** One for each length, side by side. */
const sites = new Map<number, Site>();
beforeAll(async () => {
	for (const away of [-1, 0, 1]) sites.set(away, await Site.start());
});

async function onEach(look: (site: Site, away: number) => Promise<void>): Promise<void> {
	await Promise.all(Array.from(sites, ([away, site]) => look(site, away)));
}

/** There was no room just then. */
const isBusy = (answer: string) => answer === "503" || answer === "101 close 1013";

/** The answer, once there has been room. */
async function answerTo(port: number, limit: Limit, n: number, expected: string): Promise<string> {
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
	test.each(pairs)("%s and %s", (...both) =>
		onEach(async (site, away) => {
			const asked = Array.from({ length: clients }, async (_, index) => {
				const limit = limits[both[index % 2] as string] as Limit;
				const expected = away > 0 ? limit.bad : limit.good;
				expect(await answerTo(site.port, limit, limit.n + away, expected)).toBe(expected);
			});
			await Promise.all(asked);
			expect(await site.used()).toBe(site.atRest);
		})
	);

	// With others there a 503 is an answer for a moment; without them there is room, and each limit is told from the want of it.
	test.each(names)("%s alone is hit exactly, and nothing is refused for want of memory", name =>
		onEach(async (site, away) => {
			const limit = limits[name] as Limit;
			const client = await open(site.port);
			const answer = answerIn(await client.send(limit.text(limit.n + away), text => isWhole(answerIn(text), limit)));
			client.close();
			expect([away, answer]).toEqual([away, away > 0 ? limit.bad : limit.good]);
			expect(await site.used()).toBe(site.atRest);
		})
	);

	test("a head is remembered up to maxKeptHead", () =>
		onEach(async (site, away) => {
			const { text, n } = limits.maxKeptHead as Limit;
			const client = await open(site.port);
			await client.send(text(n + away), each => each.endsWith("good"));
			const { used } = JSON.parse(await site.figures()) as { used: number };
			expect(used > site.atRest + n).toBe(away <= 0);
			client.close();
		}));

	test("nothing is charged once all have left", () => onEach(site => site.stop()));
});
