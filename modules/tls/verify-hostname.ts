import { isVisible } from "text/ascii";
import { parseIPAddress } from "text/ip-address";
import PeerCertificate from "./peer-certificate";
import { decodePEM } from "./x509/pem";

const toCertificate = (certificate: PeerCertificate | string | ArrayBuffer): PeerCertificate => {
	if (certificate instanceof PeerCertificate) return certificate;
	if (typeof certificate !== "string") return new PeerCertificate(certificate);
	const der = decodePEM(certificate)?.[0];
	if (der === undefined) throw new SyntaxError("This is not a certificate in PEM");
	return new PeerCertificate(der.buffer as ArrayBuffer);
};

/** RFC 9525 §6.3: equal but for case, or `*` as the whole left-most label stands for exactly one label. */
const matchesName = (presented: string, labels: readonly string[]): boolean => {
	// Before it is put in lower case: that of the Kelvin sign, for one, is an ASCII letter.
	if (!isVisible(presented)) return false;
	// Bounded: a label takes forty bytes, and who made the certificate may have put in nothing else.
	const pattern = presented.toLowerCase().split(".", labels.length + 1);
	if (pattern.length !== labels.length) return false;
	return pattern.every(
		(label, index) => label === labels[index] || (label === "*" && index === 0 && labels.length > 1)
	);
};

/**
 * Whether a certificate is for `name` (RFC 9525): a DNS name must be a dNSName, an IP address an iPAddress of its
 * subjectAltName. The common name is not considered. Signatures are not checked.
 * @param certificate a PeerCertificate, PEM (the first of it) or DER
 * @param name as the user or the configuration gave it, in ASCII (A-labels); a final dot is ignored
 * @returns false, too, for DER of which the names cannot be read
 * @throws {SyntaxError} a text that is not PEM
 */
export const verifyHostname = (certificate: PeerCertificate | string | ArrayBuffer, name: string): boolean => {
	const names = toCertificate(certificate).subjectAltName;
	if (names === undefined) return false;
	const { dnsNames, ipAddresses } = names;
	const host = name.endsWith(".") ? name.slice(0, -1) : name;
	const address = parseIPAddress(host);
	if (address !== undefined) {
		return ipAddresses.some(each => each.length === address.length && each.every((byte, i) => byte === address[i]));
	}
	const labels = host.toLowerCase().split(".");
	if (!isVisible(host) || host.includes("*") || labels.includes("")) return false;
	return dnsNames.some(presented => matchesName(presented, labels));
};
