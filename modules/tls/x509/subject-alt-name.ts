import { isPrintable } from "text/ascii";
import type { DERElement } from "text/der";
import { formatIPAddress } from "text/ip-address";
import { expectTag, NamesRoom, tag, visitChildren } from "./der";

/** Context tags of a GeneralName (RFC 5280 §4.2.1.6). */
const kind = Object.freeze({ email: 0x81, dnsName: 0x82, uri: 0x86, ipAddress: 0x87 } as const);

const unsupported = "othername:<unsupported>";

const special = Object.freeze(['"', ",", "\\", "'"]);

/** The names that a certificate is for. */
export interface SubjectAltName {
	readonly dnsNames: readonly string[];
	/** 4 or 16 bytes each. */
	readonly ipAddresses: readonly Uint8Array[];
	/** As OpenSSL and Node write it: `DNS:device.local, IP Address:192.0.2.1`. */
	readonly text: string;
}

/** Bytes that each character of a name takes besides that is quoted, as `\u0001`, and an address. */
const quotedCost = 18;
const addressCost = 256;

/** A name that could be read as two is quoted, as Node does since CVE-2021-44532. */
const quote = (text: string, room: NamesRoom): string => {
	const isSafe = isPrintable(text) && special.every(character => !text.includes(character));
	if (isSafe) return text;
	room.take(quotedCost * text.length);
	return JSON.stringify(text);
};

/** Reads the content of a subjectAltName extension. @throws {SyntaxError} it is not one, or takes more than `maxNames` */
export const readSubjectAltName = (bytes: Uint8Array, element: DERElement): SubjectAltName => {
	const dnsNames: string[] = [];
	const ipAddresses: Uint8Array[] = [];
	const room = new NamesRoom();
	let all = "";
	const readName = (name: DERElement): string => {
		if (name.tag === kind.ipAddress) {
			room.take(addressCost);
			const address = bytes.slice(name.content, name.end);
			ipAddresses.push(address);
			return `IP Address:${formatIPAddress(address)}`;
		}
		if (name.tag !== kind.dnsName && name.tag !== kind.email && name.tag !== kind.uri) {
			room.take(unsupported.length * 3);
			return unsupported;
		}
		const text = room.read(bytes, name);
		if (name.tag === kind.dnsName) dnsNames.push(text);
		return `${name.tag === kind.dnsName ? "DNS" : name.tag === kind.email ? "email" : "URI"}:${quote(text, room)}`;
	};
	visitChildren(bytes, expectTag(element, tag.sequence), name => {
		all += `${all && ", "}${readName(name)}`;
	});
	return { dnsNames, ipAddresses, text: all };
};
