import ACMEError, { invalidAnswer } from "../error";
import { limits } from "../limits";
import { type Fields, readObject, textOf } from "./json";
import type Session from "./session";
import type { Answer, Steps } from "./steps";

/** How long an order may still wait for its CA. */
export class Patience {
	#left: number = limits.orderTimeout;

	/** @throws {ACMEError} `TIMEOUT` when there is none left */
	*wait(asked: number | undefined): Steps<void> {
		const milliseconds = Math.min(Math.max(asked ?? limits.poll, 1_000), limits.maxPoll);
		if (milliseconds > this.#left) throw new ACMEError("TIMEOUT", "The CA has not decided in time");
		this.#left -= milliseconds;
		yield { type: "wait", milliseconds };
	}
}

interface Decided {
	readonly status: string;
	readonly fields: Fields;
}

/** Not in the generator, which would hold what it has seen while it waits. */
const look = (answer: Answer, undecided: readonly string[], check: (fields: Fields) => void): Decided | undefined => {
	const fields = readObject(answer);
	const status = textOf(fields, "status");
	if (status === undefined) throw invalidAnswer("no status");
	if (!undecided.includes(status)) return { status, fields };
	check(fields);
	return undefined;
};

/**
 * Looks at an object of the CA until its status is none of `undecided`.
 * @param check throws where there is nothing to wait for
 */
export function* poll(
	session: Session,
	url: string,
	undecided: readonly string[],
	patience: Patience,
	check: (fields: Fields) => void = () => {}
): Steps<Decided> {
	for (;;) {
		const answer = yield* session.post(url, undefined);
		const decided = look(answer, undecided, check);
		if (decided !== undefined) return decided;
		yield* patience.wait(answer.retryAfter);
	}
}

// What a generator's objects inherit from stays in flash.
Object.freeze(Patience.prototype.wait.prototype);
Object.freeze(poll.prototype);
