import { parseIPAddress } from "text/ip-address";
import { joinBytes } from "text/join-bytes";

// Tags of GeneralName (RFC 5280 §4.2.1.6) and GeneralSubtrees (§4.2.1.10).
const dnsName = 0x82;
const ipAddress = 0x87;
const subtree = 0x30;
const permittedSubtrees = 0xa0;

/** First, middle (six times) and last of eight groups. */
const hextets = (first: number, middle: number, last: number): number[] => {
	return [first, middle, middle, middle, middle, middle, middle, last].flatMap(group => [group >> 8, group & 255]);
};

/** Networks that are not routed in the Internet, each with its mask: loopback, private, link-local, unique local. */
const privateNetworks = Object.freeze(
	[
		[127, 0, 0, 0, 255, 0, 0, 0],
		[10, 0, 0, 0, 255, 0, 0, 0],
		[172, 16, 0, 0, 255, 240, 0, 0],
		[192, 168, 0, 0, 255, 255, 0, 0],
		[169, 254, 0, 0, 255, 255, 0, 0],
		[...hextets(0, 0, 1), ...hextets(0xffff, 0xffff, 0xffff)],
		[...hextets(0xfc00, 0, 0), ...hextets(0xfe00, 0, 0)],
		[...hextets(0xfe80, 0, 0), ...hextets(0xffc0, 0, 0)]
	],
	true
);

/** The 4 or 16 bytes of an address. The zone of an IPv6 address means something on the device only, and is left out. */
const toBytes = (address: string): number[] => {
	const bytes = parseIPAddress(address.split("%")[0] as string);
	if (bytes === undefined) throw new RangeError(`"${address}" is not an IP address`);
	return bytes;
};

const isPrivate = (address: readonly number[]): boolean => {
	return privateNetworks.some(
		network =>
			network.length === 2 * address.length &&
			address.every((byte, index) => (byte & (network[address.length + index] as number)) === network[index])
	);
};

/** A DER element; `content` shorter than 64 kB. */
const element = (tag: number, content: Uint8Array): Uint8Array => {
	const { length } = content;
	const prefix = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return joinBytes([Uint8Array.of(tag, ...prefix), content]);
};

const characters = (text: string): Uint8Array => {
	return new Uint8Array(ArrayBuffer.fromString(text));
};

const addressOf = (address: string): Uint8Array => {
	return element(ipAddress, Uint8Array.from(toBytes(address)));
};

const encodeEach = (hosts: readonly string[], addresses: readonly string[]): Uint8Array[] => {
	return [...hosts.map(host => element(dnsName, characters(host))), ...addresses.map(addressOf)];
};

/** The content of a subjectAltName. @throws {RangeError} not an IP address */
export const encodeNames = (hosts: readonly string[], addresses: readonly string[]): ArrayBuffer => {
	return joinBytes(encodeEach(hosts, addresses)).buffer as ArrayBuffer;
};

/** Whether a certificate (DER) is for all of these names: it has to contain their encodings. */
export const hasNames = (der: Uint8Array, hosts: readonly string[], addresses: readonly string[]): boolean => {
	return encodeEach(hosts, addresses).every(name => contains(der, name));
};

/** Whether `der` has these bytes in it. */
export const contains = (der: Uint8Array, part: ArrayLike<number>): boolean => {
	const first = part[0] as number;
	for (let at = der.indexOf(first); at >= 0; at = der.indexOf(first, at + 1)) {
		let matching = 1;
		while (matching < part.length && der[at + matching] === part[matching]) matching++;
		if (matching === part.length) return true;
	}
	return false;
};

// No host has this name (RFC 6761 §6.4): to permit mail addresses and URIs of it is to permit none.
const invalidHost = "invalid";
const rfc822Name = 0x81;
const uri = 0x86;

const toNetwork = (address: readonly number[]): Uint8Array => {
	const network = new Uint8Array(2 * address.length).fill(255);
	network.set(address);
	return element(ipAddress, network);
};

/**
 * The content of NameConstraints that permit these hosts, private addresses and the public ones among `addresses`; no
 * mail addresses and no URIs. A client that trusts the device's CA trusts it for nothing else.
 */
export const encodeConstraints = (hosts: readonly string[], addresses: readonly string[]): ArrayBuffer => {
	const publicAddresses = addresses.map(toBytes).filter(address => !isPrivate(address));
	const subtrees = [
		...hosts.map(host => element(dnsName, characters(host))),
		...privateNetworks.map(network => element(ipAddress, Uint8Array.from(network))),
		...publicAddresses.map(toNetwork),
		element(rfc822Name, characters(invalidHost)),
		element(uri, characters(invalidHost))
	].map(base => element(subtree, base));
	return element(permittedSubtrees, joinBytes(subtrees)).buffer as ArrayBuffer;
};

/** Whether the constraints of a CA (DER) permit all of these hosts. */
export const permitsHosts = (ca: Uint8Array, hosts: readonly string[]): boolean => {
	return hosts.every(host => contains(ca, element(subtree, element(dnsName, characters(host)))));
};

/** Whether they permit the address. @throws {RangeError} not an IP address */
export const permitsAddress = (ca: Uint8Array, address: string): boolean => {
	const bytes = toBytes(address);
	return isPrivate(bytes) || contains(ca, element(subtree, toNetwork(bytes)));
};
