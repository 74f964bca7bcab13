import { X509Certificate } from "node:crypto";
import { CertsError } from "../base/errors";

/** One block of a PEM file (RFC 7468). */
export interface PemBlock {
	label: string;
	der: Buffer;
}

/** All blocks in `text`, in order; text between them is skipped. */
export function pemBlocks(text: string): PemBlock[] {
	const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g);
	return [...found].map(([, label, body]) => ({
		label: label as string,
		// Headers of the old encrypted form stand before an empty line.
		der: Buffer.from((body as string).replace(/^[\s\S]*:.*\n\n/, ""), "base64")
	}));
}

/** All certificates of a PEM or DER file, in order. Throws a CertsError that names `path`. */
export function readCertificates(data: Buffer, path: string): X509Certificate[] {
	const isPem = data.includes("-----BEGIN ");
	const ders = isPem
		? pemBlocks(data.toString("latin1"))
				.filter(isCertificate)
				.map(block => block.der)
		: [data];
	if (ders.length === 0) throw new CertsError(`${path} holds no certificate`, "Give a PEM or DER certificate file");
	return ders.map((der, index) => {
		try {
			return readWhole(der);
		} catch {
			const which = ders.length > 1 ? `Certificate ${index + 1} in ${path}` : path;
			throw new CertsError(`${which} is not a certificate that can be read`, "Give a PEM or DER certificate file");
		}
	});
}

// Node parses fields when they are asked for: those that this tool goes by are asked for here, so that damage is told
// as what it is. Throws anything.
function readWhole(der: Buffer): X509Certificate {
	const certificate = new X509Certificate(der);
	if (certificate.publicKey.asymmetricKeyType === undefined) throw new Error("key of no known type");
	for (const date of [certificate.validFrom, certificate.validTo]) new Date(date).toISOString();
	return certificate;
}

function isCertificate(block: PemBlock): boolean {
	return block.label === "CERTIFICATE" || block.label === "TRUSTED CERTIFICATE" || block.label === "X509 CERTIFICATE";
}
