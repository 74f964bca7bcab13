import { childrenOf, type DERElement, readElement } from "text/der";
import { encodeBase64URL } from "../jose/base64url";

const sequence = 0x30;
const explicitVersion = 0xa0;
const explicitExtensions = 0xa3;
const octetString = 0x04;
const keyIdentifier = 0x80;
/** 2.5.29.35 as DER writes it. */
const authorityKeyIdentifier = Object.freeze([0x06, 3, 0x55, 0x1d, 0x23]);

/** Bytes of either number: with a longer one a certificate has no name, and its CA is not asked when to renew it. RFC 5280 §4.1.2.2 allows 20. */
const longestNumber = 64;

/** The value of the extension that names the issuer's key (RFC 5280 §4.2.1.1). */
const findIssuerKey = (bytes: Uint8Array, fields: readonly DERElement[]): DERElement | undefined => {
	const extensions = fields.find(({ tag }) => tag === explicitExtensions);
	const list = extensions && childrenOf(bytes, extensions)[0];
	if (list === undefined) return undefined;
	// Not in a list: there may be hundreds.
	for (let at = list.content; at < list.end; ) {
		const extension = readElement(bytes, at, list.end);
		at = extension.end;
		const parts = childrenOf(bytes, extension);
		const { start, end } = parts[0] as DERElement;
		if (end - start !== authorityKeyIdentifier.length) continue;
		if (authorityKeyIdentifier.some((byte, at) => bytes[start + at] !== byte)) continue;
		const value = parts.at(-1) as DERElement;
		if (value.tag !== octetString) return undefined;
		const inner = readElement(bytes, value.content, value.end);
		return childrenOf(bytes, inner).find(({ tag }) => tag === keyIdentifier);
	}
	return undefined;
};

/**
 * What a CA calls a certificate when it is asked for its renewal (RFC 9773 §4.1): the identifier of the issuer's key and the
 * serial number. `undefined` for a certificate without the former.
 */
export const certificateID = (der: Uint8Array): string | undefined => {
	try {
		const whole = readElement(der, 0, der.length);
		const signed = childrenOf(der, whole)[0] as DERElement;
		if (whole.tag !== sequence || signed.tag !== sequence) return undefined;
		const fields = childrenOf(der, signed);
		const serial = fields[fields[0]?.tag === explicitVersion ? 1 : 0] as DERElement;
		const key = findIssuerKey(der, fields);
		if (key === undefined || [key, serial].some(({ content, end }) => end - content > longestNumber)) return undefined;
		const text = ({ content, end }: DERElement) => encodeBase64URL(der.slice(content, end));
		return `${text(key)}.${text(serial)}`;
	} catch {
		return undefined;
	}
};
