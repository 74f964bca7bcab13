import TLSError, { tlsErrorCodes } from "./error";
import NativeContext, { type Credential } from "./native-context";
import { applyPolicy, type PolicyOptions } from "./policy";
import { applyPSKs, type PSKOptions } from "./psk";
import TLSResumption, { type TLSResumptionOptions } from "./resumption";
import { applyTrust, type TrustOptions } from "./trust";

/** Wire numbers of the versions (RFC 8446 §4.2.1). */
const versionNumbers = { "TLSv1.2": 0x0303, "TLSv1.3": 0x0304 } as const;

export type TLSVersion = keyof typeof versionNumbers;

/** As `tls_role` in tls-config.h. */
export const role = { server: 0, client: 1 } as const;

/** As `tls_verify` in tls-config.h. */
const verification = { none: 0, optional: 1, required: 2 } as const;

/** A certificate chain with its private key. */
export interface Identity {
	/** Leaf first, then what leads to the root. */
	cert: Credential;
	/** Private key of the leaf, unencrypted: PKCS #8, SEC 1 or PKCS #1. */
	key: Credential;
}

/** Options have the names and meanings of Node's `tls` where Node has them. */
export interface TLSContextOptions extends TrustOptions, PSKOptions, PolicyOptions {
	/** Who this end is: one chain, or several in order of preference (row A3). A server needs at least one. */
	cert?: Credential | readonly Credential[];
	/** The key of each chain, in the same order. */
	key?: Credential | readonly Credential[];
	/** Certificates of the CAs that the peer's certificate must lead to. */
	ca?: Credential | readonly Credential[];
	/** Application protocols in order of preference, 1 to 255 bytes each (row B5, RFC 7301). Default: none. */
	ALPNProtocols?: readonly string[];
	/** Default `"TLSv1.2"`. */
	minVersion?: TLSVersion;
	/** Default `"TLSv1.3"`. */
	maxVersion?: TLSVersion;
	/** Server: ask the client for a certificate. Default `false`. */
	requestCert?: boolean;
	/**
	 * Server: where sessions are kept to be resumed, shared with other contexts or of its own; `false`: they are not.
	 * Default: one of its own.
	 */
	resumption?: TLSResumption | TLSResumptionOptions | false;
	/** Refuse a peer whose certificate does not verify. Default `true`; `false` is traced, once. */
	rejectUnauthorized?: boolean;
}

function toList<T>(value: T | readonly T[] | undefined): readonly T[] {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value as T];
}

/**
 * A TLS configuration: parsed once, shared by any number of connections, never changed.
 * To change an identity while running, make another context and give it to the listener.
 */
export default class TLSContext {
	/** The C configuration; for the other files of this module. */
	readonly native: NativeContext;
	/** Whether it can serve: it has an identity, or pre-shared keys. */
	readonly hasIdentity: boolean;
	/** Where a server's sessions are kept, `undefined` when they are not. */
	readonly resumption: TLSResumption | undefined;

	/**
	 * @throws {TLSError} `CERTIFICATE_INVALID`, `KEY_INVALID`, `KEY_MISMATCH`, `CA_INVALID`, `MEMORY`
	 * @throws {TypeError} a certificate without a key or the reverse, a value of the wrong type
	 * @throws {RangeError} a version or protocol name out of range
	 */
	constructor(options: TLSContextOptions) {
		this.native = new NativeContext();
		const hasCertificate = this.#addIdentities(toList(options.cert), toList(options.key));
		this.hasIdentity = applyPSKs(this.native, options) || hasCertificate;
		for (const ca of toList(options.ca)) this.#check("Loading CA certificates", this.native.addCA(ca));
		for (const name of options.ALPNProtocols ?? []) this.#addProtocol(name);
		applyTrust(this.native, options);
		applyPolicy(this.native, options);
		this.#setVersions(options.minVersion ?? "TLSv1.2", options.maxVersion ?? "TLSv1.3");
		this.#setVerification(options);
		this.resumption = this.#setResumption(options.resumption ?? {});
		this.#check("Completing the TLS configuration", this.native.seal());
	}

	#addIdentities(chains: readonly Credential[], keys: readonly Credential[]): boolean {
		if (chains.length !== keys.length) {
			throw new TypeError(`Each certificate needs its key: ${chains.length} in cert, ${keys.length} in key`);
		}
		chains.forEach((chain, index) => {
			const which = chains.length > 1 ? ` ${index + 1}` : "";
			this.#check(`Loading certificate and key${which}`, this.native.addIdentity(chain, keys[index] as Credential));
		});
		return chains.length > 0;
	}

	#addProtocol(name: string): void {
		if (typeof name !== "string") throw new TypeError("ALPNProtocols is a list of strings");
		const answer = this.native.addALPN(name);
		if (tlsErrorCodes[answer] === "ARGUMENT") throw new RangeError(`ALPN protocol "${name}" is not 1 to 255 bytes`);
		this.#check(`Setting ALPN protocol "${name}"`, answer);
	}

	#setVersions(lowest: TLSVersion, highest: TLSVersion): void {
		const low = versionNumbers[lowest];
		const high = versionNumbers[highest];
		if (!low || !high || low > high) {
			throw new RangeError(`TLS versions from ${lowest} to ${highest} are not a range within TLSv1.2 to TLSv1.3`);
		}
		this.#check("Setting TLS versions", this.native.setVersions(low, high));
	}

	#setVerification({ requestCert = false, rejectUnauthorized = true }: TLSContextOptions): void {
		if (!rejectUnauthorized) trace("TLS: rejectUnauthorized is false, so peers are not who they say they are\n");
		const asked = rejectUnauthorized ? verification.required : verification.optional;
		this.#check("Setting verification", this.native.setVerify(role.server, requestCert ? asked : verification.none));
		this.#check("Setting verification", this.native.setVerify(role.client, asked));
	}

	#setResumption(resumption: TLSResumption | TLSResumptionOptions | false): TLSResumption | undefined {
		if (resumption === false || !this.hasIdentity) return undefined;
		const store = resumption instanceof TLSResumption ? resumption : new TLSResumption(resumption);
		this.#check("Setting resumption", this.native.setResumption(store.native));
		return store;
	}

	#check(attempt: string, answer: number): void {
		const code = tlsErrorCodes[answer] ?? "INTERNAL";
		if (code !== "NONE") throw new TLSError(code, { attempt, libraryCode: this.native.libraryError });
	}
}
