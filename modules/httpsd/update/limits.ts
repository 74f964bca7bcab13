/** Bounds of `updateTrial()`. */
export const updateLimits = {
	/** Milliseconds in which new firmware must answer a request. After it: the former one is started again. */
	trial: 300_000 as number
} as const;
Object.freeze(updateLimits);
