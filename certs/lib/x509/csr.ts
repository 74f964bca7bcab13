import { createPublicKey, type KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { CertsError } from "../base/errors";
import { describeKey } from "./keys";
import { refuseKnownSample } from "./known-samples";
import { type Names, parseHost, parseIp } from "./names";
import { pemBlocks } from "./pem";
import { x509 } from "./x509";

/** What a certificate signing request asks for, checked. */
export interface SigningRequest {
	publicKey: x509.PublicKey;
	/** As `describeKey` says it. */
	key: string;
	names: Names;
}

/**
 * Reads a request (RFC 2986) in PEM or DER: its signature must be good, its key strong and not a published sample.
 * Only the subjectAltName is taken from it; what the certificate may do is for the signer to say. Throws a CertsError.
 */
export async function readRequest(data: Buffer, path: string): Promise<SigningRequest> {
	const request = parseRequest(data, path);
	if (!(await request.verify().catch(() => false))) {
		throw new CertsError(
			`The signature of ${path} is wrong, so whoever made it does not hold the key`,
			"Make the request again on the device"
		);
	}
	const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" });
	refuseKnownSample(key, path);
	return { publicKey: request.publicKey, key: checkStrength(key, path), names: requestedNames(request) };
}

/** Reads a request without judging it. Throws a CertsError. */
export function parseRequest(data: Buffer, path: string): x509.Pkcs10CertificateRequest {
	const block = pemBlocks(data.toString("latin1")).find(({ label }) => label.endsWith("CERTIFICATE REQUEST"));
	try {
		return new x509.Pkcs10CertificateRequest(new Uint8Array(block?.der ?? data));
	} catch {
		throw new CertsError(
			`${path} is not a certificate signing request`,
			"Give a PEM or DER request, as the device or openssl req makes it"
		);
	}
}

/** The names in the subjectAltName that a request asks for. */
export function requestedNames(request: x509.Pkcs10CertificateRequest): Names {
	const names: Names = { hosts: [], ips: [] };
	const extension = request.extensions.find(({ type }) => type === SUBJECT_ALTERNATIVE_NAME);
	if (extension === undefined) return names;
	for (const { type, value } of new x509.SubjectAlternativeNameExtension(extension.rawData).names.items) {
		if (type === "dns") names.hosts.push(parseHost(value));
		if (type === "ip" && isIP(value) !== 0) names.ips.push(parseIp(value));
	}
	return names;
}

const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

function checkStrength(key: KeyObject, path: string): string {
	const what = describeKey(key);
	const strong =
		key.asymmetricKeyType === "rsa"
			? (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
			: /^P-(256|384|521)$/.test(what);
	if (strong) return what;
	throw new CertsError(
		`${path} is for a ${what} key, which browsers refuse`,
		"Use P-256, P-384, or RSA of 2048 bits and more"
	);
}
