// Deadlines that servers and clients keep: none may come early, and a busy machine makes them late.

/** What `event` gives; rejects when it comes sooner than `milliseconds` after `started`, a time of performance.now(). */
export async function noSoonerThan<T>(milliseconds: number, started: number, event: Promise<T>): Promise<T> {
	const result = await event;
	const elapsed = performance.now() - started;
	// XS counts whole milliseconds.
	if (elapsed < milliseconds - 1) throw new Error(`It came after ${elapsed.toFixed(1)} ms, before ${milliseconds} ms`);
	return result;
}
