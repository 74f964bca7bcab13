// How FAT, NTFS, APFS, HFS+ and ext4 with casefold find a file by a name that is spelled otherwise: in another case,
// decomposed or composed, with characters that are not seen, dots and blanks at its end, a short name, a stream behind
// a colon. What tells names apart that one of them takes for the same would let a filter be gone around, so all of that
// is the same here, for each of them.

import { hasOnly } from "text/characters";
import { replaceCharacters, replaceEvery } from "text/replace";

/** How the names of a store's files compare. `foldedNames` of `httpsd/file-system` are those of FAT, NTFS and APFS. */
export interface NameRules {
	/** Whether a file may be asked for by that name: not by one of which nothing but the store can tell which file it is. */
	allows(name: string): boolean;
	/** Whether `path`, decoded, may be a spelling of `prefix`, or of what lies below it. For one that is not allowed, `true`. */
	covers(prefix: string, path: string): boolean;
}

/** All of US-ASCII, as ranges (`text/characters`). */
const ascii = "\0\x7f";
/** Each between blanks. */
const devices = " con prn aux nul conin$ conout$ clock$ ";
const numbers = "0123456789\u00b9\u00b2\u00b3";

/**
 * Whether a file may be asked for by a name: not by one that such a file system could take for another's, which are
 * names with `: * ? " < > |`, a backslash or a control character, with a dot at the end of a segment or a blank at one
 * of its ends, short names such as `PRIVAT~1`, and devices such as `con`.
 */
export const isPlainName = (name: string): boolean => {
	if (!hasOnly(name, " !#)+9;;==@[]{}~", true)) return false;
	for (let start = 0; ; ) {
		const slash = name.indexOf("/", start);
		if (!isPlainSegment(slash < 0 ? name.slice(start) : name.slice(start, slash))) return false;
		if (slash < 0) return true;
		start = slash + 1;
	}
};

const isPlainSegment = (segment: string): boolean => {
	if (segment.startsWith(" ") || segment.endsWith(" ") || segment.endsWith(".")) return false;
	const dot = segment.indexOf(".");
	const base = dot < 0 ? segment : segment.slice(0, dot);
	const extension = dot < 0 ? "" : segment.slice(dot + 1);
	return !isDevice(base.toLowerCase()) && !(isShortBase(base) && extension.length <= 3 && !extension.includes("."));
};

const isDevice = (name: string): boolean => {
	if (name.startsWith("com") || name.startsWith("lpt")) return name.length === 4 && numbers.includes(name.charAt(3));
	return name !== "" && !name.includes(" ") && devices.includes(` ${name} `);
};

/** Whether a name ends as those that FAT makes short: at most six characters, a tilde, and one to seven hexadecimal digits. */
const isShortBase = (base: string): boolean => {
	const tilde = base.lastIndexOf("~");
	const digits = base.slice(tilde + 1);
	return tilde >= 0 && tilde <= 6 && digits !== "" && digits.length <= 7 && hasOnly(digits, "09AFaf", false);
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
	return decompose(replaceCharacters(spelled, ascii, character => (isIgnorable(character) ? "" : character)));
};

const isIgnorable = (character: string): boolean => {
	const code = character.codePointAt(0) as number;
	if (code < 0x1000) return code === 0xad || code === 0x307 || code === 0x34f || code === 0x61c;
	if (code < 0x2000) return (code >= 0x180b && code <= 0x180f) || code >> 1 === 0x17b4 >> 1 || isFiller(code);
	if (code < 0xfe00)
		return (
			(code >= 0x200b && code <= 0x200f) ||
			(code >= 0x202a && code <= 0x202e) ||
			code >> 4 === 0x2060 >> 4 ||
			code === 0x3164
		);
	if (code < 0x10000)
		return code >> 4 === 0xfe00 >> 4 || code === 0xfeff || code === 0xffa0 || (code >= 0xfff0 && code <= 0xfff8);
	return (code >= 0x1d173 && code <= 0x1d17a) || code >> 12 === 0xe0000 >> 12;
};

/** Of Hangul. */
const isFiller = (code: number): boolean => code === 0x115f || code === 0x1160;

/** XS is built without normalization for devices, and throws then beyond US-ASCII; the file systems of those have none either. */
const decompose = (text: string): string => {
	if (hasOnly(text, ascii, false)) return text;
	try {
		return text.normalize("NFKD");
	} catch {
		return text;
	}
};

/** By bytes: with a code page FAT compares others than these characters, and one without long names ends at a blank. */
const foldBytes = (text: string): string => {
	const blank = text.indexOf(" ");
	const bytes = (blank < 0 ? text : text.slice(0, blank)).toLowerCase();
	return joined(replaceCharacters(bytes, ascii, () => "?"));
};

/** By bytes, where those that a short name cannot have became a `_`. */
const foldShort = (text: string): string => {
	return joined(replaceCharacters(foldBytes(text), "\0*-:<<>>@Z\\\\^^`\x7f", () => "?"));
};

/** With one `?` in the place of several. */
const joined = (text: string): string => {
	let shorter = text;
	while (shorter.includes("??")) shorter = replaceEvery(shorter, "??", "?");
	return shorter;
};
