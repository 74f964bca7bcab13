import type { DERElement } from "text/der";
import { expectTag, NamesRoom, readChildren, readObjectIdentifier, tag, visitChildren } from "./der";

/** Short names of attribute types (RFC 4514 §3, and others that OpenSSL and Node have). */
const shortNames = Object.freeze(
	[
		["2.5.4.3", "CN"],
		["2.5.4.4", "SN"],
		["2.5.4.5", "serialNumber"],
		["2.5.4.6", "C"],
		["2.5.4.7", "L"],
		["2.5.4.8", "ST"],
		["2.5.4.9", "street"],
		["2.5.4.10", "O"],
		["2.5.4.11", "OU"],
		["2.5.4.12", "title"],
		["2.5.4.42", "GN"],
		["2.5.4.97", "organizationIdentifier"],
		["0.9.2342.19200300.100.1.1", "UID"],
		["0.9.2342.19200300.100.1.25", "DC"],
		["1.2.840.113549.1.9.1", "emailAddress"]
	] as const,
	true
);

/**
 * A distinguished name as Node's `getPeerCertificate()` returns it: values by short name; an array when an attribute
 * occurs more than once. Attributes without a short name are left out: the peer chooses their types, and XS never frees
 * the name of a property.
 */
export type DistinguishedName = Readonly<Record<string, string | string[]>>;

const toShortName = (type: string): string | undefined => {
	return shortNames.find(entry => entry[0] === type)?.[1];
};

/** Reads a Name (RFC 5280 §4.1.2.4). @throws {SyntaxError} it is not one, or takes more than `maxNames` */
export const readDistinguishedName = (bytes: Uint8Array, element: DERElement): DistinguishedName => {
	const name: Record<string, string | string[]> = Object.create(null);
	const room = new NamesRoom();
	const addAttribute = (attribute: DERElement) => {
		const [type, value] = readChildren(bytes, expectTag(attribute, tag.sequence));
		const key = toShortName(readObjectIdentifier(bytes, expectTag(type, tag.objectIdentifier)));
		if (value === undefined || key === undefined) return;
		const text = room.read(bytes, value);
		const before = name[key];
		if (before === undefined) name[key] = text;
		else if (Array.isArray(before)) before.push(text);
		else name[key] = [before, text];
	};
	visitChildren(bytes, expectTag(element, tag.sequence), set =>
		visitChildren(bytes, expectTag(set, tag.set), addAttribute)
	);
	return name;
};
