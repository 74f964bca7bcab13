import { parseIPAddress } from "text/ip-address";
import type { DNSOptions } from "./http-client";

interface Request {
	readonly host: string;
	onResolved(host: string, address: string): void;
	onError(error?: unknown): void;
}

interface HostResolverOptions {
	/** Whose address is looked up. The client's `host` is what it writes into the field Host, with a port. */
	readonly name: string;
	readonly dns: DNSOptions;
}

/** Looks the CA's host up: in the place of a resolver, in the options of the SDK's client. */
export default class HostResolver {
	readonly #options: HostResolverOptions;

	constructor(options: HostResolverOptions) {
		this.#options = options;
	}

	resolve({ host, onResolved, onError }: Request): void {
		const { name, dns } = this.#options;
		// Not at once: the client does not have what it is told of yet.
		if (parseIPAddress(name) !== undefined) Promise.resolve().then(() => onResolved(host, name));
		else new dns.io(dns).resolve({ host: name, onResolved: (_, address) => onResolved(host, address), onError });
	}
}
