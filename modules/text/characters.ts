// What characters a text has, in C: XS interprets loops, which cost 900 instructions a byte, and a RegExp costs 130,000 to make, memory that
// stays, and code of XS that a firmware without any leaves out.

/**
 * Whether a text has no characters but these.
 * @param ranges the first and the last character of each, in US-ASCII: `"09AZaz"`
 * @param others whether those above U+007F are among them, but for lone surrogates, which have no UTF-8
 */
export function hasOnly(this: unknown, text: string, ranges: string, others: boolean): boolean {
	return native("xs_xstls_text_has_only").call(this, text, ranges, others);
}

/** What `checkEscapes` finds, added up. */
export const escapes: { readonly malformed: 1; readonly nul: 2; readonly notUtf8: 4 } = Object.freeze({
	/** Without two hexadecimal digits; what stands behind it was not looked at. */
	malformed: 1,
	nul: 2,
	/** Begins no UTF-8 (RFC 3629 §4), though XS's `decodeURIComponent()` takes it. */
	notUtf8: 4
});

/** What there is among the percent-encodings of a text (RFC 3986 §2.1) that is not good for all: see `escapes`. */
export function checkEscapes(this: unknown, text: string): number {
	return native("xs_xstls_text_check_escapes").call(this, text);
}
