// A latency is judged beside that of the same visit to a server that nobody disturbs, in the same seconds: what the
// machine does besides slows both.

export interface Beside {
	/** How many times as long as the control the visit may take. */
	readonly times: number;
	/** The same visit to a server that nobody disturbs. */
	readonly control: () => Promise<unknown>;
	/** Default 7: each is visited so often, in turn. */
	readonly rounds?: number;
}

async function timeOf(visit: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await visit();
	return performance.now() - started;
}

const median = (times: readonly number[]): number =>
	times.toSorted((one, two) => one - two)[times.length >> 1] as number;

/**
 * Rejects, with both figures, when `visit` takes more than `times` as long as `control`: medians of several rounds. It is looked
 * again before that: what the machine did to one of them alone is over then, and a server that is slow still is.
 */
export async function expectAsQuick(
	visit: () => Promise<unknown>,
	{ times, control, rounds = 7 }: Beside
): Promise<void> {
	let figures = "";
	for (let looks = 0; looks < 3; looks++) {
		const [measured, beside]: [number[], number[]] = [[], []];
		for (let round = 0; round < rounds; round++) {
			beside.push(await timeOf(control));
			measured.push(await timeOf(visit));
		}
		const [one, other] = [median(measured), median(beside)];
		if (one <= times * other) return;
		figures = `a visit took ${one.toFixed(1)} ms, and ${other.toFixed(1)} ms where nobody disturbs it`;
	}
	throw new Error(`${figures}, in the same seconds, and so twice before: more than ${times} times as long`);
}
