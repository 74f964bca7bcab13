import { decodeBase64Lines, encodeBase64 } from "text/base64";

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";
const LINE_LENGTH = 64;

/** A certificate as PEM (RFC 7468 §5.1), with a line feed at the end. */
export const encodePEM = (der: Uint8Array): string => {
	const text = encodeBase64(der);
	const lines: string[] = [];
	for (let at = 0; at < text.length; at += LINE_LENGTH) lines.push(text.slice(at, at + LINE_LENGTH));
	return `${begin}\n${lines.join("\n")}\n${end}\n`;
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
