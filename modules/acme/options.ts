import { isHostName } from "identity/hosts";
import type { Store } from "identity/store";
import { checkOptionNames, type OptionNames } from "text/option-names";
import type { TLSContextOptions } from "tls/context";
import type { Challenge } from "./challenge";
import type ACMEError from "./error";
import type { ExternalAccount } from "./jose/jws";
import { limits } from "./limits";
import type { HTTPOptions } from "./transport/http-client";
import type { Memory } from "./transport/run";
import { parseURL } from "./transport/url";

export type { ExternalAccount, HTTPOptions, Memory };

export interface ACMEOptions {
	/** Keeps the account, the key and the chain. One of its own, not that of a DeviceIdentity. */
	readonly store: Store;
	/** URL of the CA's directory, such as `https://acme-v02.api.letsencrypt.org/directory`. */
	readonly directory: string;
	/** Host names that the certificate is for, also with `*.` in front; `limits.maxNames` at most. */
	readonly names: readonly string[];
	/** Ways to prove them, in order of preference. */
	readonly challenges: readonly Challenge[];
	/** The SDK's HTTP client, and how host names are looked up. */
	readonly http: HTTPOptions;
	/** Whom to trust as the CA's server: `ca` or `caBundle` of TLSContext. A private CA is trusted by its root. */
	readonly secure: TLSContextOptions;
	/** That the owner of the device has agreed to the CA's terms (RFC 8555 §7.3). */
	readonly termsOfServiceAgreed: true;
	/** Where the CA may write to, such as `mailto:me@example.org`. Default: nowhere. */
	readonly contact?: readonly string[];
	/** An account that was made at the CA, where it wants one. */
	readonly externalAccount?: ExternalAccount;
	/** Which kind of certificate, of those that the CA has names for. Default: the CA's. */
	readonly profile?: string;
	/** Whether a certificate is revoked when another has taken its place. Default `false`. */
	readonly revokeReplaced?: boolean;
	/** A server, to whose `memory` an order is charged while it is under way. Default: to nobody's. */
	readonly memory?: Memory;
	/** Another certificate has come. It is called again when it throws. */
	readonly onChange?: () => void;
	/** An order, a question for a renewal or a revocation has failed. It is tried again by itself. */
	readonly onError?: (error: ACMEError) => void;
	/** Milliseconds since 1970. Default `Date.now`. */
	readonly now?: () => number;
}

const optionNames: OptionNames<ACMEOptions> = Object.freeze({
	store: true,
	directory: true,
	names: true,
	challenges: true,
	http: true,
	secure: true,
	termsOfServiceAgreed: true,
	contact: true,
	externalAccount: true,
	profile: true,
	revokeReplaced: true,
	memory: true,
	onChange: true,
	onError: true,
	now: true
});

const toName = (name: string): string => {
	const lower = String(name).toLowerCase();
	if (!isHostName(lower.startsWith("*.") ? lower.slice(2) : lower)) throw new RangeError(`"${name}" is no host name`);
	return lower;
};

/** @throws {RangeError} none, too many, or one that is no host name */
export const checkNames = (names: readonly string[]): readonly string[] => {
	const all = [...new Set(names.map(toName))];
	const bytes = all.reduce((sum, { length }) => sum + length + 2, 0);
	if (all.length === 0 || all.length > limits.maxNames || bytes > limits.maxNameBytes)
		throw new RangeError(`A certificate is for 1 to ${limits.maxNames} names of ${limits.maxNameBytes} bytes together`);
	return all;
};

/**
 * @throws {TypeError} an option that does not exist, or one that must be there is not
 * @throws {RangeError} the directory is no URL over TLS
 */
export const checkOptions = (options: ACMEOptions): void => {
	checkOptionNames("ACMEIdentity", options, optionNames);
	for (const name of ["store", "directory", "names", "challenges", "http", "secure"] as const)
		if (options[name] === undefined) throw new TypeError(`ACMEIdentity needs ${name}`);
	if (options.termsOfServiceAgreed !== true)
		throw new TypeError("ACMEIdentity needs termsOfServiceAgreed: true, once the owner of the device has agreed");
	if (options.challenges.length === 0) throw new TypeError("ACMEIdentity needs one of the challenges");
	if (parseURL(options.directory) === undefined) throw new RangeError(`"${options.directory}" is no URL over TLS`);
};
