import type { X509Certificate } from "node:crypto";
import { x509 } from "./x509";

/** What the X.509 library has no name for. */
const NAMES: Record<string, readonly [name: string, hash: string]> = {
	"1.2.840.113549.1.1.4": ["RSASSA-PKCS1-v1_5", "MD5"],
	"1.2.840.113549.1.1.14": ["RSASSA-PKCS1-v1_5", "SHA-224"],
	"1.2.840.10045.4.3.1": ["ECDSA", "SHA-224"],
	"2.16.840.1.101.3.4.3.9": ["ECDSA", "SHA3-224"],
	"2.16.840.1.101.3.4.3.10": ["ECDSA", "SHA3-256"],
	"2.16.840.1.101.3.4.3.11": ["ECDSA", "SHA3-384"],
	"2.16.840.1.101.3.4.3.12": ["ECDSA", "SHA3-512"],
	"2.16.840.1.101.3.4.3.13": ["RSASSA-PKCS1-v1_5", "SHA3-224"],
	"2.16.840.1.101.3.4.3.14": ["RSASSA-PKCS1-v1_5", "SHA3-256"],
	"2.16.840.1.101.3.4.3.15": ["RSASSA-PKCS1-v1_5", "SHA3-384"],
	"2.16.840.1.101.3.4.3.16": ["RSASSA-PKCS1-v1_5", "SHA3-512"],
	"1.2.840.10040.4.3": ["DSA", "SHA-1"],
	"2.16.840.1.101.3.4.3.2": ["DSA", "SHA-256"],
	"2.16.840.1.101.3.4.3.17": ["ML-DSA-44", ""],
	"2.16.840.1.101.3.4.3.18": ["ML-DSA-65", ""],
	"2.16.840.1.101.3.4.3.19": ["ML-DSA-87", ""]
};

/** By what a certificate is signed: an algorithm, or its object identifier, and the hash where there is one of its own. */
export function signatureOf(certificate: X509Certificate): { name: string; hash: string } {
	const { signatureAlgorithm } = new x509.X509Certificate(new Uint8Array(certificate.raw));
	const { name = "", hash } = signatureAlgorithm as { name?: string; hash?: { name: string } };
	const known = NAMES[name];
	return known === undefined ? { name, hash: hash?.name ?? "" } : { name: known[0], hash: known[1] };
}
