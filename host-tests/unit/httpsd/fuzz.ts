// What the property tests share. FUZZ_RUNS=100000 looks longer than the usual 300 runs a property.

import fc from "fast-check";
import HttpError from "httpsd/http-error";

fc.configureGlobal({ numRuns: Number(process.env.FUZZ_RUNS ?? 300) });

/** Text of which each character is a byte. */
export const latin1Text = (maxLength: number) =>
	fc.uint8Array({ maxLength }).map(bytes => Buffer.from(bytes).toString("latin1"));

/** Places at which a text is cut, as shares of its length. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

/** The pieces of a text that is cut there. */
export function cut(text: string, places: readonly number[]): string[] {
	const ends = [...places.map(place => Math.floor(place * text.length)), text.length].sort((a, b) => a - b);
	return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const interesting = [
	"\r\n",
	"\n",
	"\r",
	"\0",
	" ",
	"\t",
	":",
	";",
	",",
	"0",
	"-",
	"chunked",
	"\xff",
	"\xc3",
	"%",
	"=",
	'"'
];

/** Changes to make to a text: at a place, some characters away, something in. */
export const changes = fc.array(
	fc.record({
		place: fc.double({ min: 0, max: 1, noNaN: true }),
		away: fc.nat(4),
		put: fc.oneof(fc.constantFrom(...interesting), latin1Text(3))
	}),
	{ maxLength: 3 }
);

export function changed(text: string, list: readonly { place: number; away: number; put: string }[]): string {
	return list.reduce((now, { place, away, put }) => {
		const at = Math.floor(place * now.length);
		return now.slice(0, at) + put + now.slice(at + away);
	}, text);
}

/** What a parser gives, or `"refused"` when it throws what it may. */
export function outcome<T>(statuses: readonly number[], parse: () => T): T | "refused" {
	try {
		return parse();
	} catch (error) {
		if (!(error instanceof HttpError) || !statuses.includes(error.status)) throw error;
		return "refused";
	}
}
