import Timer from "timer";

/** Resolves when all that is due now has had its turn: for work that would keep others waiting. */
export function nextTurn(): Promise<void> {
	return new Promise(resolve => {
		Timer.set(() => resolve());
	});
}
