import { limits } from "../limits";

/**
 * Data of a TXT record (RFC 6763 §6): `KEY=VALUE` for each.
 * @throws {RangeError} more bytes than `limits.maxTXT`
 */
export const encodeTXT = (txt: ReadonlyMap<string, string> | undefined): Uint8Array => {
	const bytes = new Uint8Array(limits.maxTXT);
	let at = 0;
	for (const [key, value] of txt ?? []) {
		const text = new Uint8Array(ArrayBuffer.fromString(`${key}=${value}`));
		if (at + 1 + text.length > bytes.length) throw new RangeError(`TXT data are longer than ${limits.maxTXT} bytes`);
		bytes[at] = text.length;
		bytes.set(text, at + 1);
		at += 1 + text.length;
	}
	// Where there is nothing to say, one empty text (RFC 6763 §6.1).
	return bytes.slice(0, Math.max(at, 1));
};
