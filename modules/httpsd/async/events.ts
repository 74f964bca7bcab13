import { catchRejection } from "./promises";

/** Removes the listener. */
export type Unsubscribe = () => void;

/** Listeners by event name; `Events` maps each name to what its listeners are given. */
export default class Emitter<Events> {
	readonly #listeners = new Map<keyof Events, ((event: never) => unknown)[]>();

	/** Calls `listener` at each event of that name, in the order of subscription. */
	on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => unknown): Unsubscribe {
		const listeners = [...(this.#listeners.get(name) ?? []), listener];
		this.#listeners.set(name, listeners);
		return () => {
			const left = (this.#listeners.get(name) ?? []).filter(each => each !== listener);
			if (left.length > 0) this.#listeners.set(name, left);
			else this.#listeners.delete(name);
		};
	}

	/** Whether the event has a listener: without one its object need not be made. */
	has(name: keyof Events): boolean {
		return this.#listeners.has(name);
	}

	/**
	 * Calls the listeners of an event.
	 * @param failed is called with what a listener throws or rejects with; the others are called all the same.
	 */
	emit<Name extends keyof Events>(name: Name, event: Events[Name], failed: (error: unknown) => void): void {
		for (const listener of this.#listeners.get(name) ?? []) {
			try {
				catchRejection((listener as (event: Events[Name]) => unknown)(event), failed);
			} catch (error) {
				failed(error);
			}
		}
	}
}
