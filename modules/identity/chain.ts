import { limits } from "./limits";
import { type Bytes, copyCertificate } from "./native";

/** One DER chain out of certificates that stand apart; a single one stays where it is, in flash for instance. */
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

/** The certificates of a chain, PEM or DER, each as DER; empty when it does not parse. */
export function splitChain(chain: Bytes): Uint8Array[] {
	const certificates: Uint8Array[] = [];
	const room = new ArrayBuffer(limits.maxInstalled);
	for (;;) {
		const length = copyCertificate(room, chain, certificates.length);
		if (length === 0) return certificates;
		certificates.push(new Uint8Array(room.slice(0, length)));
	}
}
