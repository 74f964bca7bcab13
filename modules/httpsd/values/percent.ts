// Both RegExps are made when they are first asked for, since a module that is preloaded on a device may hold none.

let malformed: RegExp | undefined;
let notStrict: RegExp | undefined;

/** Whether a text has a percent sign without two hexadecimal digits behind it, or an escaped NUL. */
export function hasBadEscape(text: string): boolean {
	malformed ??= /%(?![0-9A-Fa-f]{2})|%00/;
	return text.includes("%") && malformed.test(text);
}

/** Takes percent-encoding (RFC 3986 §2.1) off a text; `undefined` when an escape is malformed or it is not UTF-8. */
export function percentDecode(text: string): string | undefined {
	if (!text.includes("%")) return text;
	// Lead bytes that begin an overlong form, a surrogate, or what lies above U+10FFFF: XS decodes them.
	notStrict ??= /%(?:c[01]|e0%[89]|ed%[ab]|f0%8|f4%[9ab]|f[5-9a-f])/i;
	if (notStrict.test(text)) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
