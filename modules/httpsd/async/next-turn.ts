import Timer from "timer";

/** Resolves in the next turn of the event loop: long work waits for it between its parts, so that others are served. */
export function nextTurn(): Promise<void> {
	return new Promise(resolve => {
		Timer.set(() => resolve());
	});
}
