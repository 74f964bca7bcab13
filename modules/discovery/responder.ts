import { checkPort } from "text/port";
import { limits } from "./limits";
import Claim, { type ClaimOptions } from "./multicast-dns/claim";
import Link, { type SocketConfig } from "./multicast-dns/link";
import { isServiceType } from "./multicast-dns/names";
import { encodeTXT } from "./multicast-dns/txt";
import type { Held, NameService, Service } from "./name-service";

/**
 * Multicast DNS for one name and its services (RFC 6762, RFC 6763), over the SDK's UDP. IPv4 alone.
 *
 * ```ts
 * new DeviceName({ name: "lamp", store, dnssd: { io: Responder, socket: { io: UDP } } });
 * ```
 *
 * Of the SDK's `embedded:network/dnssd` it has `claim` and `advertise`, with the same options. What it has besides is that one
 * message cannot stop it (docs/device.md).
 */
export default class Responder implements NameService {
	readonly #link: Link;
	#claim: Claim | undefined;

	/** @throws {Error} the port is taken, or the platform's UDP joins no multicast group */
	constructor({ socket }: { readonly socket: SocketConfig }) {
		this.#link = new Link(socket, (message, sender) => this.#claim?.receive(message, sender));
	}

	/**
	 * Asks for a name, once at a time. Callbacks come later, not before this has returned.
	 * @throws {Error} a name is claimed already
	 * @throws {RangeError} too many services, or one whose type is none
	 */
	claim(options: ClaimOptions): Held {
		if (this.#claim !== undefined) throw new Error("A Responder claims one name at a time");
		if (options.serviceTypes.length > limits.maxServices)
			throw new RangeError(`A name has at most ${limits.maxServices} services`);
		for (const type of options.serviceTypes)
			if (!isServiceType(type)) throw new RangeError(`"${type}" is no type of a service, such as "_https._tcp"`);
		const claim = new Claim(this.#link, options);
		this.#claim = claim;
		return {
			close: () => {
				if (this.#claim === claim) this.#claim = undefined;
				claim.close();
			}
		};
	}

	/**
	 * Announces a service of the name that is claimed.
	 * @throws {Error} the name is not claimed, or was not with that type
	 * @throws {RangeError} TXT data that are too long, or no port
	 */
	advertise({ host, serviceType, port, txt }: Service & { readonly host: string }): Held {
		const claim = this.#claim;
		if (claim === undefined || !claim.isHeld || claim.host !== host.toLowerCase())
			throw new Error(`The name ${host} is not claimed`);
		checkPort("port", port);
		return { close: claim.announce({ serviceType, port, txt: encodeTXT(txt) }) };
	}

	/** Gives all up. */
	close(): void {
		this.#claim?.close();
		this.#claim = undefined;
		this.#link.close();
	}
}
