import type { Bytes } from "../bytes";
import { toCredentialsError } from "../error";
import { copyCertificates } from "./native";

/** Concatenates DER certificates. A single one is not copied: it may be in flash. */
export function joinChain(certificates: readonly Uint8Array[]): Uint8Array | undefined {
	if (certificates.length < 2) return certificates[0];
	const whole = new Uint8Array(certificates.reduce((sum, certificate) => sum + certificate.byteLength, 0));
	let at = 0;
	for (const certificate of certificates) {
		whole.set(certificate, at);
		at += certificate.byteLength;
	}
	return whole;
}

/** Bytes of the DER element at `at`, of definite length: the parser has checked that. */
function elementLength(der: Uint8Array, at: number): number {
	const first = der[at + 1] as number;
	if (first < 0x80) return 2 + first;
	let length = 0;
	for (let index = 0; index < (first & 0x7f); index++) length = (length << 8) | (der[at + 2 + index] as number);
	return 2 + (first & 0x7f) + length;
}

/**
 * The certificates of a chain, PEM or DER, each as DER: all of them, at least one. `name` says in messages which it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID` when one of them does not parse, `MEMORY`
 */
export function splitChain(chain: Bytes, name = "certificate"): Uint8Array[] {
	// PEM is longer than the DER in it.
	const room = new ArrayBuffer(typeof chain === "string" ? chain.length : chain.byteLength);
	const answer = copyCertificates(room, chain);
	if (answer < 0) throw toCredentialsError(-answer, `The ${name} does not parse: it, or one behind it, is damaged`);
	const certificates: Uint8Array[] = [];
	for (let at = 0; at < answer; ) {
		const length = elementLength(new Uint8Array(room), at);
		certificates.push(new Uint8Array(room.slice(at, at + length)));
		at += length;
	}
	return certificates;
}
