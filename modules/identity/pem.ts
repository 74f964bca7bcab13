import type { Bytes } from "./bytes";
import { splitChain } from "./x509/chain";
import { pemLabel, writePEM } from "./x509/native";

/** One PEM block of `der`. */
export const toPEM = (der: ArrayBuffer | Uint8Array, label: keyof typeof pemLabel): string => {
	// Four characters for three bytes, and room for the lines around them.
	const room = new ArrayBuffer(2 * der.byteLength + 128);
	return String.fromArrayBuffer(room.slice(0, writePEM(room, der, pemLabel[label])));
};

/**
 * The certificates in `bytes`, PEM or DER, as PEM, and nothing else that is in there: a file that people put together may
 * have a key in it too. `name` says in messages which it is.
 * @throws {CredentialsError} `CERTIFICATE_INVALID` when one of them does not parse, `MEMORY`
 */
export const certificatesToPEM = (bytes: Bytes, name = "certificate"): string => {
	return splitChain(bytes, name)
		.map(der => toPEM(der, "certificate"))
		.join("");
};
