import { sha256 } from "tls/digest";
import type { Challenge, Proof } from "./challenge";
import { encodeBase64URL } from "./jose/base64url";

/** What the application does with the zone that the name is in. */
export interface DNSZone {
	/** Adds a TXT record. The CA asks for it once this has returned, or its promise is fulfilled. */
	add(name: string, value: string): void | Promise<void>;
	/** Takes that record away, and others of the name not. */
	remove(name: string, value: string): void | Promise<void>;
}

/**
 * The challenge dns-01 (RFC 8555 §8.4): the CA asks for a TXT record, and nothing of the device. So a device behind NAT can
 * have a certificate, also one for `*.`.
 *
 * ```ts
 * const challenge = new DNSChallenge({ add: (name, value) => …, remove: (name, value) => … });
 * ```
 */
export default class DNSChallenge implements Challenge {
	readonly type = "dns-01";
	readonly #zone: DNSZone;

	constructor(zone: DNSZone) {
		this.#zone = zone;
	}

	show(proof: Proof): void | Promise<void> {
		return this.#zone.add(recordName(proof), recordValue(proof));
	}

	withdraw(proof: Proof): void | Promise<void> {
		return this.#zone.remove(recordName(proof), recordValue(proof));
	}
}

const recordName = ({ name }: Proof): string => {
	return `_acme-challenge.${name}`;
};

const recordValue = ({ keyAuthorization }: Proof): string => {
	return encodeBase64URL(new Uint8Array(sha256(ArrayBuffer.fromString(keyAuthorization))));
};
