import { CertsError } from "../base/errors";
import type { TrustAnchor } from "../x509/der";

/**
 * The `x509_crt_bundle` format of ESP-IDF 5.x and 6.x, in which a device finds a root by binary search without
 * reading certificates into RAM. All numbers are little-endian:
 *
 *     offset  size  what
 *     0       4·n   for each root, the offset of its entry from the start of the file; n is the first offset / 4
 *     4·n     …     n entries, one after the other, in ascending order of their subjects
 *
 *     entry   2     length of the subject, s
 *             2     length of the public key, k
 *             s     subject, a DER Name, compared byte for byte
 *             k     public key, a DER SubjectPublicKeyInfo
 *
 * Nothing pads an entry, and nothing follows the last. (ESP-IDF 4.x and 5.0 wrote a big-endian count instead of the
 * offsets; such a file is recognized and refused.) Source: ESP-IDF, components/mbedtls/esp_crt_bundle:
 * esp_crt_bundle.c, "Format of certificate bundle" and esp_crt_check_bundle, and gen_crt_bundle.py.
 */

const OFFSET_SIZE = 4;
const ENTRY_HEADER = 4;

/** ESP-IDF refuses a bundle with more roots than CONFIG_MBEDTLS_CERTIFICATE_BUNDLE_MAX_CERTS, which is this. */
export const ESP_IDF_MAX_ROOTS = 200;

/** The bundle of `anchors`; sorted here, doubles left out. Throws a CertsError when there is none. */
export function encodeBundle(anchors: readonly TrustAnchor[]): Buffer {
	const sorted = withoutDoubles([...anchors].sort(compareAnchors));
	if (sorted.length === 0)
		throw new CertsError("There is no root to put into the bundle", "Add certificate files, or --from mozilla");
	const entries = sorted.map(encodeEntry);
	const offsets = Buffer.alloc(sorted.length * OFFSET_SIZE);
	let at = offsets.length;
	for (const [index, entry] of entries.entries()) {
		offsets.writeUInt32LE(at, index * OFFSET_SIZE);
		at += entry.length;
	}
	return Buffer.concat([offsets, ...entries]);
}

/** The roots of a bundle, or undefined when `data` is anything else: every offset, length and the order must fit. */
export function decodeBundle(data: Buffer): TrustAnchor[] | undefined {
	const end = data.length >= OFFSET_SIZE ? data.readUInt32LE(0) : 0;
	if (end === 0 || end % OFFSET_SIZE !== 0 || end >= data.length) return undefined;
	const anchors: TrustAnchor[] = [];
	let at = end;
	for (let index = 0; index < end; index += OFFSET_SIZE) {
		if (data.readUInt32LE(index) !== at || at + ENTRY_HEADER > data.length) return undefined;
		const key = at + ENTRY_HEADER + data.readUInt16LE(at);
		const next = key + data.readUInt16LE(at + 2);
		if (next > data.length) return undefined;
		const anchor = { subject: data.subarray(at + ENTRY_HEADER, key), publicKey: data.subarray(key, next) };
		const last = anchors.at(-1);
		if (last !== undefined && Buffer.compare(last.subject, anchor.subject) > 0) return undefined;
		anchors.push(anchor);
		at = next;
	}
	return at === data.length ? anchors : undefined;
}

function encodeEntry({ subject, publicKey }: TrustAnchor): Buffer {
	if (subject.length > 0xffff || publicKey.length > 0xffff) {
		throw new CertsError("A root's name or key is too long for a bundle", "Leave that certificate out");
	}
	const header = Buffer.alloc(ENTRY_HEADER);
	header.writeUInt16LE(subject.length, 0);
	header.writeUInt16LE(publicKey.length, 2);
	return Buffer.concat([header, subject, publicKey]);
}

function withoutDoubles(sorted: readonly TrustAnchor[]): TrustAnchor[] {
	return sorted.filter(
		(anchor, index) => index === 0 || compareAnchors(anchor, sorted[index - 1] as TrustAnchor) !== 0
	);
}

function compareAnchors(a: TrustAnchor, b: TrustAnchor): number {
	return Buffer.compare(a.subject, b.subject) || Buffer.compare(a.publicKey, b.publicKey);
}
