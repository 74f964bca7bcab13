const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const month = months.join("|");
const time = "([0-2][0-9]):([0-5][0-9]):([0-6][0-9])";
const current = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-3][0-9]) (${month}) ([0-9]{4}) ${time} GMT$`);
const rfc850 = new RegExp(
	`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ([0-3][0-9])-(${month})-([0-9]{2}) ${time} GMT$`
);
const asctime = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (${month}) ([ 0-3][0-9]) ${time} ([0-9]{4})$`);

/**
 * Parses an HTTP-date in any of its three forms (RFC 9110 §5.6.7).
 * @returns milliseconds since 1970; `undefined` when `text` is none.
 */
export function parseDate(text: string): number | undefined {
	const match = current.exec(text) ?? rfc850.exec(text);
	if (match !== null) {
		const [, day, name, year, ...clock] = match as unknown as [string, string, string, string, ...string[]];
		return toTime(year.length === 2 ? century(Number(year)) : Number(year), name, day, clock);
	}
	const old = asctime.exec(text);
	if (old === null) return undefined;
	return toTime(Number(old[6]), old[1] as string, old[2] as string, old.slice(3, 6));
}

/** A time as an HTTP-date. @param ms since 1970. */
export function formatDate(ms: number): string {
	return new Date(ms).toUTCString();
}

function toTime(year: number, name: string, day: string, clock: readonly string[]): number | undefined {
	const [hours, minutes, seconds] = clock.map(Number) as [number, number, number];
	const monthIndex = months.indexOf(name);
	const date = new Date(Date.UTC(year, monthIndex, Number(day), hours, minutes, seconds));
	return date.getUTCMonth() === monthIndex && hours < 24 ? date.getTime() : undefined;
}

/** A year of two digits means one that is at most 50 years ahead. */
function century(year: number): number {
	const now = new Date().getUTCFullYear();
	const guess = now - (now % 100) + year;
	return guess > now + 50 ? guess - 100 : guess;
}
