import { parseIPAddress } from "text/ip-address";
import { limits } from "./limits";

// Tags of GeneralName (RFC 5280 §4.2.1.6) and GeneralSubtrees (§4.2.1.10).
const dnsName = 0x82;
const ipAddress = 0x87;
const subtree = 0x30;
const permittedSubtrees = 0xa0;

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Addresses that are nobody's in the Internet, with their masks: loopback, private, link-local, unique local. */
const privateNetworks = [
	[127, 0, 0, 0, 255, 0, 0, 0],
	[10, 0, 0, 0, 255, 0, 0, 0],
	[172, 16, 0, 0, 255, 240, 0, 0],
	[192, 168, 0, 0, 255, 255, 0, 0],
	[169, 254, 0, 0, 255, 255, 0, 0],
	[...hextets(0, 0, 1), ...hextets(0xffff, 0xffff, 0xffff)],
	[...hextets(0xfc00, 0, 0), ...hextets(0xfe00, 0, 0)],
	[...hextets(0xfe80, 0, 0), ...hextets(0xffc0, 0, 0)]
];

/** First, middle (six times) and last of eight groups. */
function hextets(first: number, middle: number, last: number): number[] {
	return [first, middle, middle, middle, middle, middle, middle, last].flatMap(group => [group >> 8, group & 255]);
}

/**
 * The names that people type for a device: its host name, and the same as `.local` (RFC 6762).
 * @throws {RangeError} not a host name
 */
export function toHosts(name: string): string[] {
	const host = name.toLowerCase();
	const isGood = host.length <= limits.maxHost && host.split(".").every(part => label.test(part));
	if (!isGood || parseIPAddress(host) !== undefined) {
		throw new RangeError(`"${name}" is not a host name`);
	}
	const first = host.split(".")[0] as string;
	if (host === first) return [`${first}.local`, first];
	return host.endsWith(".local") ? [host, host.slice(0, -".local".length)] : [host, `${first}.local`];
}

/** The 4 or 16 bytes of an address; the zone of an IPv6 address is the device's own affair, and not told. */
function toBytes(address: string): number[] {
	const bytes = parseIPAddress(address.split("%")[0] as string);
	if (bytes === undefined) throw new RangeError(`"${address}" is not an IP address`);
	return bytes;
}

function isPrivate(address: readonly number[]): boolean {
	return privateNetworks.some(
		network =>
			network.length === 2 * address.length &&
			address.every((byte, index) => (byte & (network[address.length + index] as number)) === network[index])
	);
}

/** A DER element; `content` shorter than 64 kB. */
function element(tag: number, content: readonly number[]): number[] {
	const { length } = content;
	const prefix = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return [tag, ...prefix, ...content];
}

function characters(text: string): number[] {
	return [...text].map(character => character.charCodeAt(0));
}

function toBuffer(bytes: readonly number[]): ArrayBuffer {
	return Uint8Array.from(bytes).buffer;
}

function encodeEach(hosts: readonly string[], addresses: readonly string[]): number[][] {
	return [
		...hosts.map(host => element(dnsName, characters(host))),
		...addresses.map(address => element(ipAddress, toBytes(address)))
	];
}

/** The content of a subjectAltName. @throws {RangeError} an address that is none. */
export function encodeNames(hosts: readonly string[], addresses: readonly string[]): ArrayBuffer {
	return toBuffer(encodeEach(hosts, addresses).flat());
}

/** Whether a certificate (DER) is for all of these names. They are looked for as they are encoded. */
export function hasNames(der: Uint8Array, hosts: readonly string[], addresses: readonly string[]): boolean {
	return encodeEach(hosts, addresses).every(name => contains(der, name));
}

/** Whether `der` has these bytes somewhere. */
export function contains(der: Uint8Array, part: ArrayLike<number>): boolean {
	const first = part[0] as number;
	for (let at = der.indexOf(first); at >= 0; at = der.indexOf(first, at + 1)) {
		let matching = 1;
		while (matching < part.length && der[at + matching] === part[matching]) matching++;
		if (matching === part.length) return true;
	}
	return false;
}

// Mail addresses and URIs whose host is nobody's (RFC 6761 §6.4): to permit these is to permit none.
const nobody = characters("invalid");
const rfc822Name = 0x81;
const uri = 0x86;

function toNetwork(address: readonly number[]): number[] {
	return element(ipAddress, [...address, ...address.map(() => 255)]);
}

/**
 * The content of NameConstraints that permit these hosts and private addresses only, no mail addresses and no URIs, so
 * that who installs a device's CA trusts it for little else. A public address that the device has now is permitted too.
 */
export function encodeConstraints(hosts: readonly string[], addresses: readonly string[]): ArrayBuffer {
	const publicAddresses = addresses.map(toBytes).filter(address => !isPrivate(address));
	const subtrees = [
		...hosts.map(host => element(dnsName, characters(host))),
		...privateNetworks.map(network => element(ipAddress, network)),
		...publicAddresses.map(toNetwork),
		element(rfc822Name, nobody),
		element(uri, nobody)
	].flatMap(base => element(subtree, base));
	return toBuffer(element(permittedSubtrees, subtrees));
}

/** Whether a CA (DER) with such constraints may sign for all of these hosts. */
export function permitsHosts(ca: Uint8Array, hosts: readonly string[]): boolean {
	return hosts.every(host => contains(ca, element(subtree, element(dnsName, characters(host)))));
}

/** The same for an address. @throws {RangeError} it is none. */
export function permitsAddress(ca: Uint8Array, address: string): boolean {
	const bytes = toBytes(address);
	return isPrivate(bytes) || contains(ca, element(subtree, toNetwork(bytes)));
}
