import { parseIPAddress } from "text/ip-address";
import { checkOptionNames, type OptionNames } from "text/option-names";
import type Headers from "../headers";
import { isAuthority } from "../message/authority";
import { type ForwardedMember, parseForwarded, parseXForwarded } from "../values/forwarded";

/** Proxies whose word is taken for who asks, by which scheme and for which host. */
export interface TrustedProxiesOptions {
	/** Addresses and networks of the proxies, such as `["127.0.0.1", "10.0.0.0/8", "fd00::/8"]`. */
	readonly addresses: readonly string[];
	/**
	 * The fields that all of them set, or take away where a client has set them: some of `"X-Forwarded-For"`,
	 * `"X-Forwarded-Proto"` and `"X-Forwarded-Host"`, or `"Forwarded"` alone (RFC 7239). No other is believed: most proxies hand
	 * on what a client has put into those that they are not told to set.
	 */
	readonly fields: readonly ForwardedField[];
}

/** A field by which a proxy says who asks. */
export type ForwardedField = "X-Forwarded-For" | "X-Forwarded-Proto" | "X-Forwarded-Host" | "Forwarded";

const fieldNames: readonly string[] = Object.freeze([
	"X-Forwarded-For",
	"X-Forwarded-Proto",
	"X-Forwarded-Host",
	"Forwarded"
]);

const optionNames: OptionNames<TrustedProxiesOptions> = Object.freeze({ addresses: true, fields: true });

interface Network {
	readonly bytes: readonly number[];
	readonly bits: number;
}

/** The proxies that a server trusts. */
export default class TrustedProxies {
	readonly #networks: readonly Network[];
	/** In lower case. */
	readonly #fields: readonly string[];

	/** @throws {TypeError} for an option that does not exist, what is no address or network, or other fields. */
	constructor(options: TrustedProxiesOptions) {
		checkOptionNames("trustedProxies", options, optionNames);
		const { addresses, fields } = options;
		if (!Array.isArray(addresses)) throw new TypeError("trustedProxies needs addresses");
		if (!Array.isArray(fields) || fields.length === 0 || !fields.every(name => fieldNames.includes(name)))
			throw new TypeError(`trustedProxies needs fields that the proxies set: some of ${fieldNames.join(", ")}`);
		if (fields.includes("Forwarded") && fields.length > 1)
			throw new TypeError("Forwarded and X-Forwarded fields of trustedProxies exclude each other");
		this.#networks = addresses.map(parseNetwork);
		this.#fields = fields.map(name => name.toLowerCase());
	}

	/** What is known of the client behind a connection from `address`; `undefined` when that is no trusted proxy. */
	read(address: string | undefined, headers: Headers): ForwardedMember | undefined {
		if (address === undefined || !this.trusts(address)) return undefined;
		const get = (name: string) => (this.#fields.includes(name) ? headers.get(name) : undefined);
		const members = this.#fields[0] === "forwarded" ? parseForwarded(get("forwarded")) : parseXForwarded(get);
		let at = 0;
		while (at < members.length - 1 && this.trusts(members[at]?.address ?? "")) at++;
		const { host, ...member } = members[at] ?? {};
		return { ...member, host: host !== undefined && isAuthority(host) ? host : undefined };
	}

	private trusts(address: string): boolean {
		const bytes = bytesOf(address);
		return bytes !== undefined && this.#networks.some(network => isIn(bytes, network));
	}
}

/** An IPv4 address that is written as an IPv6 one is that IPv4 address. */
const bytesOf = (address: string): number[] | undefined => {
	const bytes = parseIPAddress(address);
	const isMapped = bytes?.length === 16 && bytes.slice(0, 12).join() === "0,0,0,0,0,0,0,0,0,0,255,255";
	return isMapped ? bytes.slice(12) : bytes;
};

const parseNetwork = (text: string): Network => {
	const [address = "", length, ...more] = String(text).split("/");
	const bytes = bytesOf(address);
	const most = 8 * (bytes?.length ?? 0);
	const bits = length === undefined ? most : Number(length === "" ? Number.NaN : length);
	if (bytes === undefined || more.length > 0 || !(Number.isInteger(bits) && bits >= 0 && bits <= most))
		throw new TypeError(`Trusted proxy ${text} is neither an address nor a network`);
	return { bytes, bits };
};

const isIn = (bytes: readonly number[], network: Network): boolean => {
	if (bytes.length !== network.bytes.length) return false;
	return bytes.every((byte, at) => {
		const left = network.bits - 8 * at;
		const mask = left >= 8 ? 0xff : left <= 0 ? 0 : (0xff00 >> left) & 0xff;
		return ((byte ^ (network.bytes[at] as number)) & mask) === 0;
	});
};
