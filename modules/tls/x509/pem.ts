import { decodeBase64Lines, encodeBase64 } from "text/base64";

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";
/** Bytes of a line: 64 characters. */
const LINE_BYTES = 48;

/** A certificate as PEM (RFC 7468 §5.1), with a line feed at the end. */
export const encodePEM = (der: Uint8Array): string => {
	let text = `${begin}\n`;
	// Line by line: all of it as lines beside all of it as one would be as much again.
	for (let at = 0; at < der.length; at += LINE_BYTES) text += `${encodeBase64(der.subarray(at, at + LINE_BYTES))}\n`;
	return `${text}${end}\n`;
};

/** The certificates in a PEM text, in its order; `undefined` when one is broken or there is none. */
export const decodePEM = (text: string): Uint8Array[] | undefined => {
	const certificates: Uint8Array[] = [];
	for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
		const stop = text.indexOf(end, at);
		const der = stop < 0 ? undefined : decodeBase64Lines(text.slice(at + begin.length, stop));
		if (der === undefined) return undefined;
		certificates.push(der);
		at = stop;
	}
	return certificates.length > 0 ? certificates : undefined;
};
