// Which algorithm a certificate or a key has, that the parser does not take: looked at once it has refused the file.

import { decodeBase64Lines } from "text/base64";
import { type DERElement, readElement } from "text/der";
import { encodeHex } from "text/hex";
import type { Bytes } from "../bytes";

/** What it is, and where. */
export type Unsupported = `the key type ${string}` | `a signature by ${string}`;

const INTEGER = 0x02;
const OID = 0x06;
const SEQUENCE = 0x30;
const VERSION = 0xa0;
const ecKey = "2a8648ce3d0201";
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
		for (const der of elementsOf(copyOf(bytes), kind)) {
			const found = kind === "KEY" ? (judgeKey(keyOf(der)) ?? judgeRSA(der)) : judgeCertificate(der);
			if (found !== undefined) return found;
		}
	} catch {
		// It is damaged, and before the place that is looked for.
	}
	return undefined;
};

const copyOf = (bytes: Bytes): ArrayBuffer => {
	if (typeof bytes === "string") return ArrayBuffer.fromString(bytes);
	const { byteLength } = bytes;
	const start = ArrayBuffer.isView(bytes) ? bytes.byteOffset : 0;
	// Resources and other host buffers have slice() too.
	const whole = (ArrayBuffer.isView(bytes) ? bytes.buffer : bytes) as unknown as ArrayBuffer;
	return whole.slice(start, start + byteLength);
};

/** Each certificate, or each key, as DER. */
const elementsOf = (bytes: ArrayBuffer, kind: "CERTIFICATE" | "KEY"): Uint8Array[] => {
	const whole = new Uint8Array(bytes);
	if (whole[0] !== SEQUENCE) return blocksOf(String.fromArrayBuffer(bytes), kind === "KEY" ? "PRIVATE KEY" : kind);
	const elements: Uint8Array[] = [];
	for (let at = 0; at < whole.length; ) {
		const { end } = readElement(whole, at, whole.length);
		elements.push(whole.subarray(at, end));
		at = end;
	}
	return elements;
};

/** The PEM blocks whose label ends so. */
const blocksOf = (text: string, label: string): Uint8Array[] => {
	const blocks: Uint8Array[] = [];
	for (const block of text.split("-----BEGIN ").slice(1)) {
		const [name = "", body = ""] = block.split("-----", 2);
		const der = name.endsWith(label) ? decodeBase64Lines(body) : undefined;
		if (der !== undefined) blocks.push(der);
	}
	return blocks;
};

/** The elements within one. */
const childrenOf = (der: Uint8Array, { content, end }: DERElement): DERElement[] => {
	const children: DERElement[] = [];
	for (let at = content; at < end; ) {
		const child = readElement(der, at, end);
		children.push(child);
		at = child.end;
	}
	return children;
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
			tag === OID ? encodeHex(der.slice(content, end).buffer as ArrayBuffer) : "explicit"
		);
};

const judgeKey = ([algorithm, curve]: readonly string[]): Unsupported | undefined => {
	const oid = algorithm === ecKey ? curve : algorithm;
	if (oid === undefined || supported.includes(oid)) return undefined;
	const name = nameOf(oid);
	return `the key type ${name}`;
};

const nameOf = (oid: string): string => {
	return Object.entries(names).find(([start]) => oid.startsWith(start))?.[1] ?? "that is not known";
};
