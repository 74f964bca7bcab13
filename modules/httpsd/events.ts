/** Takes the listener away again. */
export type Unsubscribe = () => void;

/** Listeners by event name; `Events` maps each name to what its listeners are given. */
export default class Emitter<Events> {
	readonly #listeners = new Map<keyof Events, ((event: never) => void)[]>();

	/** Calls `listener` at each event of that name, in the order of subscription. */
	on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
		const listeners = [...(this.#listeners.get(name) ?? []), listener];
		this.#listeners.set(name, listeners);
		return () => {
			const left = (this.#listeners.get(name) ?? []).filter(each => each !== listener);
			if (left.length > 0) this.#listeners.set(name, left);
			else this.#listeners.delete(name);
		};
	}

	/** Whether anyone listens: to build an event that nobody takes would cost. */
	has(name: keyof Events): boolean {
		return this.#listeners.has(name);
	}

	/**
	 * Tells the listeners of an event.
	 * @returns the first error that a listener threw; the others are called all the same.
	 */
	emit<Name extends keyof Events>(name: Name, event: Events[Name]): unknown {
		const listeners = this.#listeners.get(name);
		if (listeners === undefined) return undefined;
		let first: unknown;
		for (const listener of listeners) {
			try {
				(listener as (event: Events[Name]) => void)(event);
			} catch (error) {
				first ??= error;
			}
		}
		return first;
	}
}
