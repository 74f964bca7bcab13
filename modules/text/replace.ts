// XS's `replaceAll()` keeps two slots and two texts for each match until the last has been found:
// a text of 2 kB in which each character is one takes 60 kB. So what a peer chooses is replaced a few matches at a time.

import { hasOnly } from "./characters";

/** Matches, or characters among which matches are looked for, at once: a part of a long text, for the rest is copied each time. */
const atOnce = ({ length }: string): number => (length < 1024 ? 16 : length < 2048 ? 32 : length >> 5);

/** The same as `text.replaceAll(what, by)`, in little memory. No `$` in `by` has a meaning. */
export const replaceEvery = (text: string, what: string, by: string): string => {
	if (!text.includes(what)) return text;
	const most = atOnce(text);
	let done = "";
	for (let rest = text; ; ) {
		const pieces = rest.split(what, most);
		let taken = 0;
		for (let at = 0; at < pieces.length; at++) taken += (pieces[at] as string).length + what.length;
		done += pieces.join(by);
		// Nothing stands behind the last piece, no match either.
		if (taken > rest.length) return done;
		done += by;
		rest = rest.slice(taken);
	}
};

/**
 * A text with others in the place of its characters that are in none of `ranges` (`text/characters`), in little memory.
 * @param by what stands for such a character, or the same
 */
export const replaceCharacters = (text: string, ranges: string, by: (character: string) => string): string => {
	if (hasOnly(text, ranges, false)) return text;
	const most = atOnce(text);
	let done = "";
	for (let start = 0; start < text.length; ) {
		let end = start + most;
		// Where texts are of UTF-16, a character may be two of them.
		const last = text.charCodeAt(end - 1);
		if (last >= 0xd800 && last < 0xdc00) end++;
		done += replaceEach(text.slice(start, end), ranges, by);
		start = end;
	}
	return done;
};

const replaceEach = (piece: string, ranges: string, by: (character: string) => string): string => {
	if (hasOnly(piece, ranges, false)) return piece;
	let done = "";
	for (const character of piece) done += hasOnly(character, ranges, false) ? character : by(character);
	return done;
};
