// What characters a text has, looked at in place. Texts are XS's: UTF-8 that ends with a NUL, with C0 80 for one that
// is a character, and lone surrogates in three bytes.

#ifndef TEXT_CHARACTERS_H
#define TEXT_CHARACTERS_H

#include <stdbool.h>

// Whether each character of `text` is in one of `ranges`, pairs of the first and the last of one, in US-ASCII; with
// `others` those above are let in too, but for lone surrogates, which have no UTF-8.
bool xstls_text_has_only(const char *text, const char *ranges, bool others);

// What there is among the percent-encodings (RFC 3986 section 2.1) of a text. It is not looked further than the first
// malformed one.
enum {
	XSTLS_ESCAPES_MALFORMED = 1, // without two hexadecimal digits
	XSTLS_ESCAPES_NUL = 2,
	XSTLS_ESCAPES_NOT_UTF8 = 4 // begins an overlong form, a surrogate or what is above U+10FFFF, which XS decodes
};

unsigned xstls_text_check_escapes(const char *text);

#endif
