import { isPrintable } from "text/ascii";
import type { DERElement } from "text/der";
import { formatIPAddress } from "text/ip-address";
import { expectTag, readChildren, readText, tag } from "./der";

/** Context tags of a GeneralName (RFC 5280 §4.2.1.6). */
const kind = Object.freeze({ email: 0x81, dnsName: 0x82, uri: 0x86, ipAddress: 0x87 } as const);

const special = Object.freeze(['"', ",", "\\", "'"]);

/** The names that a certificate is for. */
export interface SubjectAltName {
	readonly dnsNames: readonly string[];
	/** 4 or 16 bytes each. */
	readonly ipAddresses: readonly Uint8Array[];
	/** As OpenSSL and Node write it: `DNS:device.local, IP Address:192.0.2.1`. */
	readonly text: string;
}

/** A name that could be read as two is quoted, as Node does since CVE-2021-44532. */
const quote = (text: string): string => {
	const isSafe = isPrintable(text) && special.every(character => !text.includes(character));
	return isSafe ? text : JSON.stringify(text);
};

/** Reads the content of a subjectAltName extension. @throws {SyntaxError} it is not one */
export const readSubjectAltName = (bytes: Uint8Array, element: DERElement): SubjectAltName => {
	const dnsNames: string[] = [];
	const ipAddresses: Uint8Array[] = [];
	const parts: string[] = [];
	for (const name of readChildren(bytes, expectTag(element, tag.sequence))) {
		if (name.tag === kind.dnsName) {
			const text = readText(bytes, name);
			dnsNames.push(text);
			parts.push(`DNS:${quote(text)}`);
		} else if (name.tag === kind.ipAddress) {
			const address = bytes.slice(name.content, name.end);
			ipAddresses.push(address);
			parts.push(`IP Address:${formatIPAddress(address)}`);
		} else if (name.tag === kind.email) parts.push(`email:${quote(readText(bytes, name))}`);
		else if (name.tag === kind.uri) parts.push(`URI:${quote(readText(bytes, name))}`);
		else parts.push("othername:<unsupported>");
	}
	return { dnsNames, ipAddresses, text: parts.join(", ") };
};
