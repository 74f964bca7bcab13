// Which algorithm a certificate or a key has, that the parser does not take: looked at once it has refused the file.

import { decodeBase64Lines } from "text/base64";
import { childrenOf, type DERElement, readElement } from "text/der";
import { encodeHex } from "text/hex";
import type { Bytes } from "../bytes";

/** What it is, and where. */
export type Unsupported = `the key type ${string}` | `a signature by ${string}`;

const INTEGER = 0x02;
const OID = 0x06;
const SEQUENCE = 0x30;
const VERSION = 0xa0;
const ecKey = "2a8648ce3d0201";
/** Bytes of an object identifier that are looked at: the longest of `names` has 9. Of a longer one its start is compared. */
const longestOID = 16;
/** Most bits of an RSA key. */
const maxRSABits = 4096;

/** Object identifiers in hexadecimal, without tag and length. */
const supported = Object.freeze([
	"2a864886f70d010101", // RSA
	"2a8648ce3d030107", // P-256
	"2b81040022", // P-384
	"2b81040023", // P-521
	"2a864886f70d01010b", // RSA with SHA-256, -384, -512
	"2a864886f70d01010c",
	"2a864886f70d01010d",
	"2a8648ce3d040302", // ECDSA with SHA-256, -384, -512
	"2a8648ce3d040303",
	"2a8648ce3d040304"
]);

/** By the start of their object identifiers, of which the longer come first. */
const names: Readonly<Record<string, string>> = Object.freeze({
	"2b6570": "Ed25519",
	"2b6571": "Ed448",
	"2b656e": "X25519",
	"2b656f": "X448",
	"2a864886f70d01010a": "RSA-PSS",
	"2a864886f70d010104": "RSA with MD5",
	"2a864886f70d010105": "RSA with SHA-1",
	"2a8648ce3d0401": "ECDSA with SHA-1",
	"2a8648ce380401": "DSA",
	"2b8104000a": "secp256k1",
	"2b81040021": "P-224",
	"2a8648ce3d030101": "P-192",
	"2b2403030208": "brainpool",
	"2a811ccf5501822d": "SM2",
	"2a864886f70d01010e": "RSA with SHA-224",
	"2a8648ce3d040301": "ECDSA with SHA-224",
	"60864801650304030d": "RSA with SHA-3",
	"60864801650304030e": "RSA with SHA-3",
	"60864801650304030f": "RSA with SHA-3",
	"608648016503040310": "RSA with SHA-3",
	"608648016503040309": "ECDSA with SHA-3",
	"60864801650304030a": "ECDSA with SHA-3",
	"60864801650304030b": "ECDSA with SHA-3",
	"60864801650304030c": "ECDSA with SHA-3",
	"608648016503040311": "ML-DSA",
	"608648016503040312": "ML-DSA",
	"608648016503040313": "ML-DSA",
	"60864801650304030": "DSA",
	"60864801650304031": "SLH-DSA",
	explicit: "EC (with its curve written out)"
});

/**
 * The first algorithm in certificates, or in a private key (PKCS #8, SEC 1), that TLS here cannot use; `undefined` when
 * there is none, or the file can't be read so far.
 */
export const findUnsupported = (bytes: Bytes, kind: "CERTIFICATE" | "KEY"): Unsupported | undefined => {
	try {
		const whole = new Uint8Array(copyOf(bytes));
		return whole[0] === SEQUENCE ? judgeElements(whole, kind) : judgeBlocks(String.fromArrayBuffer(whole.buffer), kind);
	} catch {
		// It is damaged, and before the place that is looked for.
		return undefined;
	}
};

const judge = (der: Uint8Array, kind: "CERTIFICATE" | "KEY"): Unsupported | undefined => {
	return kind === "KEY" ? (judgeKey(keyOf(der)) ?? judgeRSA(der)) : judgeCertificate(der);
};

const copyOf = (bytes: Bytes): ArrayBuffer => {
	if (typeof bytes === "string") return ArrayBuffer.fromString(bytes);
	const { byteLength } = bytes;
	const start = ArrayBuffer.isView(bytes) ? bytes.byteOffset : 0;
	// Resources and other host buffers have slice() too.
	const whole = (ArrayBuffer.isView(bytes) ? bytes.buffer : bytes) as unknown as ArrayBuffer;
	return whole.slice(start, start + byteLength);
};

// One after the other: who has sent them may have sent thousands.

/** Each certificate, or each key, as DER. */
const judgeElements = (whole: Uint8Array, kind: "CERTIFICATE" | "KEY"): Unsupported | undefined => {
	for (let at = 0; at < whole.length; ) {
		const { end } = readElement(whole, at, whole.length);
		const found = judge(whole.subarray(at, end), kind);
		if (found !== undefined) return found;
		at = end;
	}
	return undefined;
};

const begin = "-----BEGIN ";

/** The PEM blocks whose label ends so. */
const judgeBlocks = (text: string, kind: "CERTIFICATE" | "KEY"): Unsupported | undefined => {
	const label = kind === "KEY" ? "PRIVATE KEY" : kind;
	for (let at = text.indexOf(begin); at >= 0; ) {
		const next = text.indexOf(begin, at + begin.length);
		const block = text.slice(at + begin.length, next < 0 ? text.length : next);
		const [name = "", body = ""] = block.split("-----", 2);
		const der = name.endsWith(label) ? decodeBase64Lines(body) : undefined;
		const found = der && judge(der, kind);
		if (found !== undefined) return found;
		at = next;
	}
	return undefined;
};

const childrenOfWhole = (der: Uint8Array) => childrenOf(der, readElement(der, 0, der.length));

const judgeCertificate = (der: Uint8Array): Unsupported | undefined => {
	const [certificate, signature] = childrenOfWhole(der);
	const fields = childrenOf(der, certificate as DERElement);
	// Version, serial number, signature, issuer, validity, subject, key.
	const key = fields[fields[0]?.tag === VERSION ? 6 : 5] as DERElement;
	const found = judgeKey(algorithmOf(der, childrenOf(der, key)[0] as DERElement));
	if (found !== undefined) return found;
	const [oid] = algorithmOf(der, signature as DERElement);
	return oid === undefined || supported.includes(oid) ? undefined : `a signature by ${nameOf(oid)}`;
};

/** The algorithm of a private key. */
const keyOf = (der: Uint8Array): string[] => {
	const fields = childrenOfWhole(der);
	if (fields[1]?.tag === SEQUENCE) return algorithmOf(der, fields[1]);
	const curve = fields.find(({ tag }) => tag === VERSION);
	return curve === undefined ? [] : [ecKey, ...algorithmOf(der, curve)];
};

/** Whether a private key that is one of RSA (PKCS #8, PKCS #1) is too long. */
const judgeRSA = (der: Uint8Array): Unsupported | undefined => {
	const [, second, third] = childrenOfWhole(der);
	const isWrapped = second?.tag === SEQUENCE && third !== undefined;
	const modulus = isWrapped ? childrenOf(der, readElement(der, third.content, third.end))[1] : second;
	if (modulus?.tag !== INTEGER) return undefined;
	const start = modulus.content + (der[modulus.content] === 0 ? 1 : 0);
	const bits = 8 * (modulus.end - start) - Math.clz32(der[start] as number) + 24;
	return bits > maxRSABits ? `the key type RSA of ${bits} bits` : undefined;
};

/** Object identifiers of an algorithm and its parameters. */
const algorithmOf = (der: Uint8Array, algorithm: DERElement): string[] => {
	return childrenOf(der, algorithm)
		.filter(({ tag }) => tag === OID || tag === SEQUENCE)
		.map(({ tag, content, end }) =>
			tag === OID
				? encodeHex(der.slice(content, Math.min(end, content + longestOID)).buffer as ArrayBuffer)
				: "explicit"
		);
};

const judgeKey = ([algorithm, curve]: readonly string[]): Unsupported | undefined => {
	const oid = algorithm === ecKey ? curve : algorithm;
	if (oid === undefined || supported.includes(oid)) return undefined;
	const name = nameOf(oid);
	return `the key type ${name}`;
};

const nameOf = (oid: string): string => {
	const start = Object.keys(names).find(each => oid.startsWith(each));
	return start === undefined ? "that is not known" : (names[start] as string);
};
