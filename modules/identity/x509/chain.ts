import { readElement } from "text/der";
import { joinBytes } from "text/join-bytes";
import type { Bytes } from "../bytes";
import { toCredentialsError } from "../error";
import { copyCertificates } from "./native";

/** Concatenates DER certificates. A single one is not copied: it may be in flash. */
export const joinChain = (certificates: readonly Uint8Array[]): Uint8Array | undefined => {
	if (certificates.length < 2) return certificates[0];
	return joinBytes(certificates);
};

/**
 * The certificates of a chain, PEM or DER, each as DER: all of them, at least one. `name` says in messages which it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID` when one of them does not parse, `MEMORY`
 */
export const splitChain = (chain: Bytes, name = "certificate"): Uint8Array[] => {
	// PEM is longer than the DER in it.
	const room = new ArrayBuffer(typeof chain === "string" ? chain.length : chain.byteLength);
	const answer = copyCertificates(room, chain);
	if (answer < 0) throw toCredentialsError(-answer, `The ${name} does not parse: it, or one behind it, is damaged`);
	const certificates: Uint8Array[] = [];
	for (let at = 0; at < answer; ) {
		const { end } = readElement(new Uint8Array(room), at, answer);
		certificates.push(new Uint8Array(room.slice(at, end)));
		at = end;
	}
	return certificates;
};
