import { isDigits } from "text/ascii";

const months = Object.freeze(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);
const days = Object.freeze(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]);
const shortDays = Object.freeze(days.map(name => name.slice(0, 3)));

/** Characters: no form of a date is longer: `Wednesday, 06-Nov-94 08:49:37 GMT`. */
const maxLength = 33;

/**
 * Parses an HTTP-date in any of its three forms (RFC 9110 §5.6.7).
 * @returns milliseconds since 1970; `undefined` when `text` is none.
 */
export const parseDate = (text: string): number | undefined => {
	if (text.length > maxLength) return undefined;
	const parts = text.split(" ");
	const [day = "", second = ""] = parts;
	if (!day.endsWith(",")) return parseAsctime(parts);
	const name = day.slice(0, -1);
	if (parts.at(-1) !== "GMT") return undefined;
	if (parts.length === 6 && shortDays.includes(name))
		return toTime(parts[3], 4, parts[2], parts[1], parts[4] as string);
	const [date, month, year, ...more] = second.split("-");
	if (parts.length !== 4 || !days.includes(name) || more.length > 0) return undefined;
	return toTime(year, 2, month, date, parts[2] as string);
};

/** `Sun Nov  6 08:49:37 1994`: a day of one digit has a space in the place of the other. */
const parseAsctime = (parts: readonly string[]): number | undefined => {
	const isPadded = parts.length === 6 && parts[2] === "";
	const [day = "", month, date = "", time = "", year] = isPadded ? parts.filter(part => part !== "") : parts;
	if (!shortDays.includes(day) || parts.length !== (isPadded ? 6 : 5)) return undefined;
	return toTime(year, 4, month, isPadded ? `0${date}` : date, time);
};

/** A time as an HTTP-date. @param ms since 1970. */
export const formatDate = (ms: number): string => {
	return new Date(ms).toUTCString();
};

const toTime = (
	year: string | undefined,
	yearDigits: number,
	monthName: string | undefined,
	date: string | undefined,
	time: string
): number | undefined => {
	const [hours, minutes, seconds, ...more] = time.split(":").map(part => number(part, 2)) as [number, number, number];
	const month = months.indexOf(monthName ?? "");
	const whole = number(year, yearDigits);
	const day = number(date, 2);
	// Digits that are none are NaN, which is below nothing. A second of 60 is a leap second.
	if (!(month >= 0 && hours < 24 && minutes < 60 && seconds < 70 && day < 40) || more.length > 0) return undefined;
	if (Number.isNaN(whole)) return undefined;
	const result = new Date(Date.UTC(yearDigits === 2 ? century(whole) : whole, month, day, hours, minutes, seconds));
	return result.getUTCMonth() === month ? result.getTime() : undefined;
};

/** The number that just so many digits are; NaN for anything else. */
const number = (text: string | undefined, digits: number): number => {
	return text?.length === digits && isDigits(text) ? Number(text) : Number.NaN;
};

/** A year of two digits means one that is at most 50 years ahead. */
const century = (year: number): number => {
	const now = new Date().getUTCFullYear();
	const guess = now - (now % 100) + year;
	return guess > now + 50 ? guess - 100 : guess;
};
