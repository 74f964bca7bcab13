// XS's `replaceAll()`, and `replace()` by a RegExp with `g`, keep two slots and two texts for each match until the last has been
// found: a text of 2 kB in which each character is one takes 60 kB. So what a peer chooses is replaced a few matches at a time.

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
 * The same as `text.replace(pattern, by)`, in little memory.
 * @param pattern with the flags `g` and `u`; what it matches is one character.
 */
export const replaceCharacters = (text: string, pattern: RegExp, by: (character: string) => string): string => {
	const most = atOnce(text);
	if (text.length <= most) return text.replace(pattern, by);
	let done = "";
	for (let start = 0; start < text.length; ) {
		let end = start + most;
		// Where texts are of UTF-16, a character may be two of them.
		const last = text.charCodeAt(end - 1);
		if (last >= 0xd800 && last < 0xdc00) end++;
		done += text.slice(start, end).replace(pattern, by);
		start = end;
	}
	return done;
};
