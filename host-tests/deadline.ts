// Deadlines of a machine that may be busy: what runs out is the time that an idle machine would have had.

import { pace } from "./pace";

/** Milliseconds after which the pace is looked at again. */
const LOOK = 1000;

/**
 * Calls `expire` after `milliseconds` of an idle machine, with words for how long that has been; the function that it
 * returns takes that back.
 */
export function setDeadline(milliseconds: number, expire: (time: string) => void): () => void {
	const started = performance.now();
	let seen = started;
	let left = milliseconds;
	const look = () => {
		const now = performance.now();
		left -= (now - seen) / pace();
		seen = now;
		if (left > 0) timer = setTimeout(look, Math.min(LOOK, left));
		else expire(`${Math.round(now - started)} ms, which are ${milliseconds} of an idle machine,`);
	};
	let timer = setTimeout(look, Math.min(LOOK, left));
	return () => clearTimeout(timer);
}

/** What is waited for, in words; a function where they are known only when it did not come. */
type What = string | (() => string);

const wordsOf = (what: What): string => (typeof what === "string" ? what : what());

/** What `work` gives, or after `milliseconds` of an idle machine an error that says that there was no `what`. */
export function within<T>(milliseconds: number, what: What, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const clear = setDeadline(milliseconds, time => reject(new Error(`${time} passed without ${wordsOf(what)}`)));
		work.then(resolve, reject).finally(clear);
	});
}

/** Waits until `condition` holds, at most `milliseconds` of an idle machine; `what` is told of one that never did. */
export async function until(
	condition: () => boolean | Promise<boolean>,
	what: What,
	milliseconds = 10_000
): Promise<void> {
	let late: string | undefined;
	const clear = setDeadline(milliseconds, time => {
		late = time;
	});
	try {
		while (!(await condition())) {
			if (late !== undefined) throw new Error(`${late} passed without ${wordsOf(what)}`);
			await new Promise(resolve => setTimeout(resolve, 20));
		}
	} finally {
		clear();
	}
}
