/** Whether a value is a promise, or like one. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> => {
	return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
};

/**
 * Handles the rejection of what a callback returned, if that is a promise: calls `failed`. A rejection that nobody
 * handles ends XS.
 * @returns a promise that resolves when the callback's has settled; `undefined` when it returned none.
 */
export const catchRejection = (result: unknown, failed: (error: unknown) => void): Promise<void> | undefined => {
	return isThenable(result) ? Promise.resolve(result).then(() => {}, failed) : undefined;
};

/** What was thrown, as an Error. Anything can be thrown, also what has no text. */
export const asError = (thrown: unknown): Error => {
	try {
		return thrown instanceof Error ? thrown : new Error(String(thrown));
	} catch {
		return new Error("Something was thrown that has no text");
	}
};

/** Marks a promise as handled, for one that may be awaited late or, if something else fails first, never. */
export const handled = <T>(promise: Promise<T>): Promise<T> => {
	promise.catch(() => {});
	return promise;
};

/** A promise that is kept for who asks later: `forget` is called if it is rejected, so that it is tried again then. */
export const kept = <T>(promise: Promise<T>, forget: () => void): Promise<T> => {
	promise.catch(forget);
	return promise;
};
