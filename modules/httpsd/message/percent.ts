/** Escapes of lead bytes that begin an overlong form, a surrogate, or what lies above U+10FFFF. XS decodes them. */
const notStrict = /%(?:c[01]|e0%[89]|ed%[ab]|f0%8|f4%[9ab]|f[5-9a-f])/i;

/** Takes percent-encoding (RFC 3986 §2.1) off a text; `undefined` when an escape is malformed or it is not UTF-8. */
export function percentDecode(text: string): string | undefined {
	if (!text.includes("%")) return text;
	if (notStrict.test(text)) return undefined;
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
