import { randomBytes } from "node:crypto";
import type { Key } from "./keys";
import type { Names } from "./names";
import type { Validity } from "./validity";
import { x509 } from "./x509";

/** What a leaf is for; decides its extended key usage. */
export type Purpose = "server" | "client";

/** All of a leaf but its signature. */
export interface LeafRequest {
	publicKey: CryptoKey | x509.PublicKey;
	/** At most 64 characters (RFC 5280 appendix A.1). */
	commonName: string;
	names: Names;
	purposes: readonly Purpose[];
	validity: Validity;
}

const USAGE = { server: x509.ExtendedKeyUsage.serverAuth, client: x509.ExtendedKeyUsage.clientAuth };

/** A self-signed CA certificate that may sign leaves only (RFC 5280 sections 4.2.1.3 and 4.2.1.9). */
export async function issueCa(key: Key, commonName: string, validity: Validity): Promise<x509.X509Certificate> {
	const usage = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
	return x509.X509CertificateGenerator.createSelfSigned({
		serialNumber: serial(),
		name: [{ CN: [commonName] }],
		...validity,
		keys: key.pair,
		signingAlgorithm: key.signing,
		extensions: [
			new x509.BasicConstraintsExtension(true, 0, true),
			new x509.KeyUsagesExtension(usage, true),
			await x509.SubjectKeyIdentifierExtension.create(key.pair.publicKey)
		]
	});
}

/** A leaf certificate signed by a CA. The subjectAltName is left out only when `names` is empty (clients). */
export async function issueLeaf(
	request: LeafRequest,
	ca: { certificate: x509.X509Certificate; key: Key }
): Promise<x509.X509Certificate> {
	const extensions: x509.Extension[] = [
		new x509.BasicConstraintsExtension(false, undefined, true),
		new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
		new x509.ExtendedKeyUsageExtension(request.purposes.map(purpose => USAGE[purpose])),
		await x509.SubjectKeyIdentifierExtension.create(request.publicKey),
		await x509.AuthorityKeyIdentifierExtension.create(ca.certificate.publicKey)
	];
	const alternatives = alternativeNames(request.names);
	if (alternatives.length > 0) extensions.push(new x509.SubjectAlternativeNameExtension(alternatives));
	return x509.X509CertificateGenerator.create({
		serialNumber: serial(),
		subject: [{ CN: [request.commonName] }],
		issuer: ca.certificate.subjectName,
		...request.validity,
		publicKey: request.publicKey,
		signingKey: ca.key.pair.privateKey,
		signingAlgorithm: ca.key.signing,
		extensions
	});
}

function alternativeNames(names: Names): x509.GeneralName[] {
	return [
		...names.hosts.map(host => new x509.GeneralName("dns", host)),
		...names.ips.map(ip => new x509.GeneralName("ip", ip))
	];
}

// 127 random bits, positive and of constant length (RFC 5280 section 4.1.2.2).
function serial(): string {
	const bytes = randomBytes(16);
	bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
	return bytes.toString("hex");
}
