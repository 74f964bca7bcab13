import { defaultLimits, type Limits, longLivedOf, readSizeOf } from "../limits";

/** Timers and differences of ticks have 32 bits with a sign. */
const maxTime = 2_147_483_647;
const timeSuffixes = Object.freeze(["Timeout", "Interval", "After", "KeepAlive"]);

/**
 * Splits options into limits (defaults filled in) and the rest.
 * @throws {TypeError} when there are no options.
 * @throws {RangeError} when a limit is not a whole number of at least 1, or a time is over 2³¹ − 1 ms.
 */
export const takeLimits = <T extends Partial<Limits>>(options: T): { limits: Limits; rest: Omit<T, keyof Limits> } => {
	if (typeof options !== "object" || options === null) throw new TypeError("Server needs options");
	// What every request asks for comes first: XS finds a property by going along all those before it.
	const busiest = { idleTimeout: 0, readSize: 0, coalesce: 0, requestsPerTurn: 0 };
	const limits: Limits = Object.assign(busiest, defaultLimits);
	// Without a prototype, for names are the caller's: XS's setter of `__proto__` is not in a firmware that never names it.
	const rest: Record<string, unknown> = Object.create(null);
	for (const [name, value] of Object.entries(options)) {
		if (!Object.hasOwn(limits, name)) rest[name] = value;
		else if (value !== undefined) limits[name as keyof Limits] = wholeNumber(name, value);
	}
	if (options.maxLongLived === undefined) limits.maxLongLived = longLivedOf(limits.maxConnections);
	if (options.readSize === undefined) limits.readSize = readSizeOf(limits);
	return { limits, rest: rest as Omit<T, keyof Limits> };
};

const wholeNumber = (name: string, value: unknown): number => {
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1)
		throw new RangeError(`Limit ${name} must be a whole number of at least 1`);
	if (value > maxTime && timeSuffixes.some(suffix => name.endsWith(suffix)))
		throw new RangeError(`Limit ${name} must be at most ${maxTime} ms`);
	return value;
};
