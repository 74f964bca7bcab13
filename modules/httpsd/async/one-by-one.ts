/**
 * Calls one after the other: what is to be called while another call runs is called behind it, not within it. When a
 * listener hears that one connection has ended and sends to others, those may end too: within each other, so many
 * calls would be more than XS's stack holds.
 */
export default class OneByOne {
	#waiting: (() => void)[] | undefined;

	/** @returns what `call` returns; a promise of it when it has to wait. Throws what it throws, unless it has to wait. */
	run(call: () => unknown): unknown {
		const waiting = this.#waiting;
		if (waiting !== undefined)
			return new Promise((resolve, reject) => waiting.push(() => settle(call, resolve, reject)));
		this.#waiting = [];
		try {
			return call();
		} finally {
			this.runWaiting();
		}
	}

	private runWaiting(): void {
		for (let next = this.#waiting?.shift(); next !== undefined; next = this.#waiting?.shift()) next();
		this.#waiting = undefined;
	}
}

const settle = (call: () => unknown, resolve: (value: unknown) => void, reject: (error: unknown) => void): void => {
	try {
		resolve(call());
	} catch (error) {
		reject(error);
	}
};
