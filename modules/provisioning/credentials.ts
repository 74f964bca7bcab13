import { decodeText } from "text/utf8";

/** How a network is joined. */
export interface Credentials {
	/** 1 to 32 bytes of UTF-8 (IEEE 802.11-2020 §9.4.2.2). */
	readonly ssid: string;
	/** A passphrase of 8 to 63 bytes, or a key in 64 hexadecimal digits (§J.4). Absent for an open network. */
	readonly password?: string;
}

/** What is wrong with credentials before anything is tried. */
export type CredentialsProblem = "ssid" | "passphrase";

/** Bytes of a network's name (IEEE 802.11 §9.4.2.2). */
const maxName = 32;
/** Characters of a passphrase, at least: IEEE 802.11 §J.4 has 8 to 63 of them. */
const leastPassphrase = 8;
/** Hexadecimal digits of a key, which stands in the place of a passphrase. */
const keyLength = 64;

/** What is wrong; `undefined` when a network may be called that, and have that password. */
export const findProblem = ({ ssid, password }: Credentials): CredentialsProblem | undefined => {
	if (!isNetworkName(ssid)) return "ssid";
	return password === undefined || isPassword(password) ? undefined : "passphrase";
};

/** First and last of characters that are not seen, and have what stands beside them look otherwise: controls, marks of direction, ends of lines. */
const unseen: readonly (readonly [number, number])[] = Object.freeze(
	[
		[0x80, 0x9f],
		[0x200e, 0x200f],
		[0x2028, 0x202e],
		[0x2066, 0x2069]
	],
	true
);

/** Whether a text is a name that can be shown and typed: no control characters, and UTF-8. What radio brings may be anything. */
export const isNetworkName = (text: string): boolean => {
	const bytes = ArrayBuffer.fromString(text);
	const { byteLength } = bytes;
	if (byteLength < 1 || byteLength > maxName || !isClean(bytes) || decodeText(bytes) === undefined) return false;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (unseen.some(([first, last]) => code >= first && code <= last)) return false;
	}
	return true;
};

/** Whether a text is a WPA2 passphrase, or a key. */
const isPassword = (text: string): boolean => {
	const bytes = ArrayBuffer.fromString(text);
	return bytes.byteLength === keyLength ? new Uint8Array(bytes).every(isHexDigit) : isPassphrase(text);
};

/** Whether a text is a WPA2 passphrase, which is what an access point takes. */
export const isPassphrase = (text: string): boolean => {
	const bytes = ArrayBuffer.fromString(text);
	return bytes.byteLength >= leastPassphrase && bytes.byteLength < keyLength && isClean(bytes);
};

/** Without control characters; XS keeps NUL as C0 80. */
const isClean = (bytes: ArrayBuffer): boolean => {
	return new Uint8Array(bytes).every(byte => byte >= 0x20 && byte !== 0x7f && byte !== 0xc0);
};

const isHexDigit = (code: number): boolean => {
	return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
};

/** A value for a store: the length of the name, the name, the password. */
export const encodeCredentials = ({ ssid, password = "" }: Credentials): ArrayBuffer => {
	const name = ArrayBuffer.fromString(ssid);
	return Uint8Array.of(name.byteLength).buffer.concat(name, ArrayBuffer.fromString(password));
};

/** What a store has; `undefined` when that is none. */
export const decodeCredentials = (value: ArrayBuffer | undefined): Credentials | undefined => {
	const [length] = new Uint8Array(value ?? new ArrayBuffer(0));
	if (value === undefined || length === undefined) return undefined;
	const ssid = decodeText(value.slice(1, 1 + length));
	const password = decodeText(value.slice(1 + length));
	if (ssid === undefined || password === undefined) return undefined;
	const credentials = password === "" ? { ssid } : { ssid, password };
	return findProblem(credentials) === undefined ? credentials : undefined;
};
