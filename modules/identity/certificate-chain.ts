import { readElement } from "text/der";
import { parseIPAddress } from "text/ip-address";
import type { Bytes } from "./bytes";
import { hasNames } from "./issue/names";
import { joinChain, splitChain } from "./x509/chain";

/**
 * The certificates of a chain, PEM or DER, each as DER: all of them, at least one. `name` says in messages which it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID` when one of them does not parse, `MEMORY`
 */
export const toCertificates = (chain: Bytes, name?: string): Uint8Array[] => {
	return splitChain(chain, name);
};

/** The certificates as one DER: what TLSContext takes for `cert`. `undefined` of none. */
export const toChain = (certificates: readonly Uint8Array[]): Uint8Array | undefined => {
	return joinChain(certificates);
};

/** The first certificate of a chain in DER that is whole: where it is, not copied. */
export const viewLeaf = (chain: Uint8Array): Uint8Array => {
	return chain.subarray(0, readElement(chain, 0, chain.length).end);
};

/** Whether a certificate (DER) is for all of these host names and addresses. */
export const isForNames = (leaf: Uint8Array, names: readonly string[]): boolean => {
	const isAddress = (name: string) => parseIPAddress(name) !== undefined;
	return hasNames(
		leaf,
		names.filter(name => !isAddress(name)),
		names.filter(isAddress)
	);
};
