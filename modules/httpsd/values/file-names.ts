// How FAT, NTFS, APFS, HFS+ and ext4 with casefold find a file by a name that is spelled otherwise: in another case,
// decomposed or composed, with characters that are not seen, dots and blanks at its end, a short name, a stream behind
// a colon. What tells names apart that one of them takes for the same would let a filter be gone around, so all of that
// is the same here, for each of them.

import { replaceCharacters, replaceEvery } from "text/replace";

/** How the names of a store's files compare. `foldedNames` of `httpsd/file-system` are those of FAT, NTFS and APFS. */
export interface NameRules {
	/** Whether a file may be asked for by that name: not by one of which nothing but the store can tell which file it is. */
	allows(name: string): boolean;
	/** Whether `path`, decoded, may be a spelling of `prefix`, or of what lies below it. For one that is not allowed, `true`. */
	covers(prefix: string, path: string): boolean;
}

// Made when it is first asked for, since a module that is preloaded on a device may hold no RegExp.
let ignorable: RegExp | undefined;
let strange: RegExp | undefined;
let short: RegExp | undefined;
let device: RegExp | undefined;
let replaced: RegExp | undefined;

/**
 * Whether a file may be asked for by a name: not by one that such a file system could take for another's, which are
 * names with `: * ? " < > |`, a backslash or a control character, with a dot at the end of a segment or a blank at one
 * of its ends, short names such as `PRIVAT~1`, and devices such as `con`.
 */
export const isPlainName = (name: string): boolean => {
	strange ??= /[^ !#-)+-9;=@-[\]-{}~\u{80}-\u{10ffff}]|[. ](?:\/|$)|(?:^|\/) /u;
	short ??= /(?:^|\/)[^./]{0,6}~[0-9a-f]{1,7}(?:\.[^./]{0,3})?(?:\/|$)/i;
	device ??= /(?:^|\/)(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:[./]|$)/i;
	return !strange.test(name) && !short.test(name) && !device.test(name);
};

/** Whether a path may be one of what lies at or below a prefix, in any of its spellings. Both are decoded. */
export const mayCover = (prefix: string, path: string): boolean => {
	if (!isPlainName(path)) return true;
	const plain = plainPrefix(prefix);
	if (isBelow(fold(path), fold(plain)) || isBelow(foldBytes(path), foldBytes(plain))) return true;
	const short = shorten(plain, path);
	return short !== plain && isBelow(foldShort(path), foldShort(short));
};

/** Whether a path is the prefix or lies below it. The empty prefix is that of all. */
export const isBelow = (path: string, prefix: string): boolean => {
	return prefix === "" || path === prefix || path.startsWith(`${prefix}/`);
};

/**
 * A prefix whose segments are short names where those of the path may be: Linux can be told to write `PRIVATE-` for `private-data`,
 * with no `~` by which it could be known.
 */
const shorten = (prefix: string, path: string): string => {
	const cut = (text: string, length: number) => replaceEvery(replaceEvery(text, " ", ""), ".", "").slice(0, length);
	const whole = prefix.split("/");
	const asked = path.split("/", whole.length);
	const segments = whole.map((segment, at) => {
		if ((asked[at]?.length ?? 0) > 12) return segment;
		const dot = segment.lastIndexOf(".");
		return dot > 0 ? `${cut(segment.slice(0, dot), 8)}.${cut(segment.slice(dot + 1), 3)}` : cut(segment, 8);
	});
	return segments.join("/");
};

/** A prefix without what file systems take off: the dots and blanks at the ends of its segments. */
const plainPrefix = (prefix: string): string => {
	const strip = (segment: string): string => {
		const shorter = segment.trimEnd();
		return shorter.endsWith(".") ? strip(shorter.slice(0, -1)) : shorter;
	};
	return prefix.split("/").map(strip).join("/");
};

/**
 * By characters: Unicode's case and forms of normalization, without what some file systems ignore, and without the dot
 * above: to some a Turkish I with it is an i.
 */
const fold = (text: string): string => {
	const spelled = decompose(text).toUpperCase().toLowerCase();
	ignorable ??=
		/[\u0307\u034f]|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
	return decompose(replaceCharacters(spelled, ignorable, () => ""));
};

/** An engine may be built without normalization; the file systems of its devices have none either. */
const decompose = (text: string): string => {
	return text.normalize?.("NFKD") ?? text;
};

/** By bytes: with a code page FAT compares others than these characters, and one without long names ends at a blank. */
const foldBytes = (text: string): string => {
	const blank = text.indexOf(" ");
	const bytes = (blank < 0 ? text : text.slice(0, blank)).toLowerCase();
	return joined(replaceCharacters(bytes, /[\u{80}-\u{10ffff}]/gu, () => "?"));
};

/** By bytes, where those that a short name cannot have became a `_`. */
const foldShort = (text: string): string => {
	replaced ??= /[+,;=[\]_?]/gu;
	return joined(replaceCharacters(foldBytes(text), replaced, () => "?"));
};

/** With one `?` in the place of several. */
const joined = (text: string): string => {
	let shorter = text;
	while (shorter.includes("??")) shorter = replaceEvery(shorter, "??", "?");
	return shorter;
};
