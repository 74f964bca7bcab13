import Timer from "timer";

/** Resolves in the next turn of the event loop: long work waits for it between its parts, so that others are served. */
export const nextTurn = (): Promise<void> => {
	return new Promise(resolve => {
		Timer.set(() => resolve());
	});
};

/**
 * Calls back when what has come by now has been reported: what seemed idle may have bytes in its socket. Two turns: timers may
 * come before what was found in sockets in the same turn.
 */
export const whenReported = (callback: () => void): void => {
	Timer.set(() => void Timer.set(callback));
};
