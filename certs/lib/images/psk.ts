import { CertsError } from "../base/errors";

/**
 * Pre-shared keys as text, one `identity:hexkey` a line: what GnuTLS (`psktool`) and mosquitto (`psk_file`) read too.
 */
export interface Psk {
	/** 1 to 128 bytes of UTF-8 (RFC 4279 section 5.3), no colon, no control character. */
	identity: string;
	/** 16 to 32 bytes. */
	key: Buffer;
}

/** Bounds of a key in bytes; below 16 it can be guessed offline, above 32 devices refuse it. */
export const PSK_BYTES = { min: 16, max: 32 } as const;
const IDENTITY_BYTES = 128;

/** Throws a CertsError unless `identity` can stand in a PSK file and in a handshake. */
export function checkIdentity(identity: string): string {
	const bytes = Buffer.byteLength(identity);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
	if (bytes >= 1 && bytes <= IDENTITY_BYTES && !/[:\u0000-\u001f\u007f]/.test(identity) && !identity.startsWith("#"))
		return identity;
	throw new CertsError(
		`"${identity}" cannot be a PSK identity`,
		`Use 1 to ${IDENTITY_BYTES} bytes without colon and control characters: --identity device-7`
	);
}

/** The key in `hex`. Throws a CertsError. */
export function parsePskKey(hex: string): Buffer {
	const good = /^([0-9a-fA-F]{2})+$/.test(hex) && hex.length >= 2 * PSK_BYTES.min && hex.length <= 2 * PSK_BYTES.max;
	if (good) return Buffer.from(hex, "hex");
	throw new CertsError(
		"That is not a PSK",
		`Give ${2 * PSK_BYTES.min} to ${2 * PSK_BYTES.max} hex digits, an even number`
	);
}

/** All entries of a PSK file. Throws a CertsError that names the line. */
export function parsePsks(text: string, path: string): Psk[] {
	const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
	return lines
		.filter(({ line }) => line !== "" && !line.startsWith("#"))
		.map(({ line, number }) => {
			const colon = line.lastIndexOf(":");
			try {
				return { identity: checkIdentity(line.slice(0, Math.max(colon, 0))), key: parsePskKey(line.slice(colon + 1)) };
			} catch {
				throw new CertsError(`Line ${number} of ${path} is not identity:hexkey`, "Mend or remove the line");
			}
		});
}

/** The text of a PSK file. */
export function formatPsks(psks: readonly Psk[]): string {
	return psks.map(({ identity, key }) => `${identity}:${key.toString("hex")}\n`).join("");
}
