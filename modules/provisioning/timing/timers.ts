import Timer from "timer";

/** Timers by name: one of each, and one that is set anew takes the place of the former. */
export default class Timers<Name extends string> {
	readonly #timers: Partial<Record<Name, Timer>> = {};

	/** Calls back once, after milliseconds. */
	set(name: Name, milliseconds: number, callback: () => void): void {
		this.clear(name);
		this.#timers[name] = Timer.set(() => {
			delete this.#timers[name];
			callback();
		}, milliseconds);
	}

	has(name: Name): boolean {
		return this.#timers[name] !== undefined;
	}

	clear(...names: Name[]): void {
		for (const name of names) {
			const timer = this.#timers[name];
			if (timer !== undefined) Timer.clear(timer);
			delete this.#timers[name];
		}
	}
}
