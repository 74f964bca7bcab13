import type { OptionNames } from "text/option-names";
import { checkArray, checkBoolean, checkData, checkInteger, checkText } from "./config/arguments";
import NativeContext, { type Credential, role } from "./config/native-context";
import { checkOptionNames } from "./config/option-names";
import { checkResult, toErrorCode } from "./config/result";
import { applyPolicy, type PolicyOptions } from "./policy";
import { applyPSKs, type PSKOptions } from "./psk";
import TLSResumption, { type TLSResumptionOptions } from "./resumption";
import { applyTrust, type TrustOptions } from "./trust";

/** Wire numbers of the versions (RFC 8446 §4.2.1). */
const versionNumbers = { "TLSv1.2": 0x0303, "TLSv1.3": 0x0304 } as const;
Object.freeze(versionNumbers);

export type { Credential };
export type TLSVersion = keyof typeof versionNumbers;

/** As `xstls_verify` in tls-config-types.h. */
const verification = Object.freeze({ none: 0, optional: 1, required: 2 } as const);

/**
 * A private key that PSA holds and that never leaves it: ESP32's ECDSA or DS peripheral, a secure element (row B9).
 * Its policy has to allow signing a hash: `PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)`; for RSA `PSA_ALG_RSA_PSS` over TLS 1.3 and
 * `PSA_ALG_RSA_PKCS1V15_SIGN` over TLS 1.2, one of them as the enrollment algorithm, with any hash.
 */
export interface OpaqueKey {
	/** `psa_key_id_t` of a persistent or volatile key, 1 to 0x7fffffff. The key has to outlive the context. */
	psaKeyId: number;
}

export type PrivateKey = Credential | OpaqueKey;

/** A certificate chain with its private key. */
export interface Identity {
	/** Leaf first, then what leads to the root. */
	cert: Credential;
	/** Private key of the leaf, unencrypted: PKCS #8, SEC 1 or PKCS #1; or where PSA holds it. */
	key: PrivateKey;
}

/** Options have the names and meanings of Node's `tls` where Node has them. */
export interface TLSContextOptions extends TrustOptions, PSKOptions, PolicyOptions {
	/** Who this end is: one chain, or several in order of preference (row A3). A server needs at least one. */
	cert?: Credential | readonly Credential[];
	/** The key of each chain, in the same order. */
	key?: PrivateKey | readonly PrivateKey[];
	/**
	 * Takes a `cert` with an RSA key of less than 2,048 bits or a signature by SHA-1 or MD5, which most peers refuse and which can
	 * be forged or broken (RFC 8446 §4.2.3, RFC 9155), and says so on the console. Default `false`.
	 */
	allowWeakCert?: boolean;
	/** Certificates of the CAs that the peer's certificate must lead to. */
	ca?: Credential | readonly Credential[];
	/** Application protocols in order of preference, 1 to 255 bytes each (row B5, RFC 7301). Default: none. */
	ALPNProtocols?: readonly string[];
	/** The SDK's name of `ALPNProtocols`; a string is one protocol. */
	applicationLayerProtocolNegotiation?: string | readonly string[];
	/** The SDK's name of TLSSocket's `servername`, for which it is taken. */
	serverName?: string;
	/** Default `"TLSv1.2"`. */
	minVersion?: TLSVersion;
	/** Default `"TLSv1.3"`. */
	maxVersion?: TLSVersion;
	/** Server: ask the client for a certificate. Default `false`. */
	requestCert?: boolean;
	/**
	 * Server: what sessions are resumed with, shared with other contexts or its own; `false`: no session is resumed.
	 * Default: its own.
	 */
	resumption?: TLSResumption | TLSResumptionOptions | false;
	/** Refuse a peer whose certificate does not verify. Default `true`; `false` is traced, once. */
	rejectUnauthorized?: boolean;
}

const optionNames: OptionNames<TLSContextOptions> = Object.freeze({
	cert: true,
	key: true,
	allowWeakCert: true,
	ca: true,
	caBundle: true,
	pinnedPublicKeys: true,
	checkServerIdentity: true,
	validity: true,
	clockFloor: true,
	psks: true,
	pskIdentityHint: true,
	psk: true,
	ciphers: true,
	receiveSize: true,
	transmitSize: true,
	groups: true,
	signatureAlgorithms: true,
	ALPNProtocols: true,
	applicationLayerProtocolNegotiation: true,
	serverName: true,
	minVersion: true,
	maxVersion: true,
	requestCert: true,
	resumption: true,
	rejectUnauthorized: true
});

const toList = <T>(value: T | readonly T[] | undefined): readonly T[] => {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value as T];
};

const isOpaque = (key: PrivateKey): key is OpaqueKey => {
	return typeof key === "object" && key !== null && "psaKeyId" in key;
};

/**
 * A TLS configuration: parsed once, shared by any number of connections, never changed.
 * To change an identity while running, make another context and give it to the listener.
 */
export default class TLSContext {
	/** The C configuration; for the other files of this module. */
	readonly native: NativeContext;
	/** Whether it can serve: it has an identity, or pre-shared keys. */
	readonly hasIdentity: boolean;
	/** What a server resumes sessions with; `undefined` when it does not. */
	readonly resumption: TLSResumption | undefined;
	/** Most bytes of plaintext in a record that is accepted (rows A1, E5). */
	readonly receiveSize: number;
	/** Most bytes of plaintext in a record that is sent. */
	readonly transmitSize: number;

	/**
	 * @throws {TLSError} `CERTIFICATE_INVALID`, `CERTIFICATE_TOO_LONG`, `CERTIFICATE_WEAK`, `KEY_INVALID`, `KEY_MISMATCH`, `CA_INVALID`, `KNOWN_SAMPLE`, `MEMORY`,
	 * and with a key that PSA holds `KEY_NOT_FOUND`, `KEY_NOT_USABLE`
	 * @throws {TypeError} a certificate without a key or the reverse, a value of the wrong type, an option that is not known
	 * @throws {RangeError} a version, protocol name or key id out of range
	 */
	constructor(options: TLSContextOptions) {
		checkOptionNames("TLSContext", options, optionNames);
		this.native = new NativeContext();
		const { minVersion = "TLSv1.2", maxVersion = "TLSv1.3" } = options;
		const { ALPNProtocols = toList(options.applicationLayerProtocolNegotiation) } = options;
		this.setVersions(minVersion, maxVersion);
		const { allowWeakCert = false } = options;
		const keys = toList(options.key);
		const hasCertificate = this.addIdentities(toList(options.cert), keys, checkBoolean("allowWeakCert", allowWeakCert));
		this.hasIdentity = applyPSKs(this.native, options) || hasCertificate;
		for (const ca of toList(options.ca)) this.check("Loading CA certificates", this.native.addCA(checkData("ca", ca)));
		for (const name of checkArray("ALPNProtocols", ALPNProtocols)) this.addProtocol(name);
		applyTrust(this.native, options);
		[this.receiveSize, this.transmitSize] = applyPolicy(this.native, options);
		this.setVerification(options);
		this.resumption = this.setResumption(options.resumption);
		this.check("Completing the TLS configuration", this.native.seal());
	}

	private addIdentities(chains: readonly Credential[], keys: readonly PrivateKey[], allowsWeak: boolean): boolean {
		if (chains.length !== keys.length) {
			throw new TypeError(`Each certificate needs its key: ${chains.length} in cert, ${keys.length} in key`);
		}
		chains.forEach((chain, index) => {
			const which = chains.length > 1 ? ` ${index + 1}` : "";
			const attempt = `Loading certificate and key${which}`;
			let result = this.addIdentity(chain, keys[index] as PrivateKey);
			if (allowsWeak && toErrorCode(result) === "CERTIFICATE_WEAK") {
				trace(`TLS: ${attempt}: its key or its signature is weak, and most peers will refuse it\n`);
				this.check(attempt, this.native.allowWeakIdentity());
				result = this.addIdentity(chain, keys[index] as PrivateKey);
			}
			this.check(attempt, result);
		});
		return chains.length > 0;
	}

	private addIdentity(chain: Credential, key: PrivateKey): number {
		const cert = checkData("cert", chain);
		if (!isOpaque(key)) return this.native.addIdentity(cert, checkData("key", key));
		return this.native.addOpaqueIdentity(cert, checkInteger("psaKeyId", key.psaKeyId, 1, 0x7fffffff));
	}

	private addProtocol(name: string): void {
		const result = this.native.addALPN(checkText("ALPN protocol", name, 255));
		this.check(`Setting ALPN protocol "${name}"`, result);
	}

	private setVersions(lowest: TLSVersion, highest: TLSVersion): void {
		const [low, high] = [lowest, highest].map(name => (Object.hasOwn(versionNumbers, name) ? versionNumbers[name] : 0));
		if (!low || !high || low > high) {
			throw new RangeError(`TLS versions from ${lowest} to ${highest} are not a range within TLSv1.2 to TLSv1.3`);
		}
		this.check("Setting TLS versions", this.native.setVersions(low, high));
	}

	private setVerification({ requestCert = false, rejectUnauthorized = true }: TLSContextOptions): void {
		checkBoolean("requestCert", requestCert);
		if (!checkBoolean("rejectUnauthorized", rejectUnauthorized))
			trace("TLS: rejectUnauthorized is false, so peers are not who they say they are\n");
		const asked = rejectUnauthorized ? verification.required : verification.optional;
		this.check("Setting verification", this.native.setVerify(role.server, requestCert ? asked : verification.none));
		this.check("Setting verification", this.native.setVerify(role.client, asked));
	}

	private setResumption(resumption: TLSResumption | TLSResumptionOptions | false = {}): TLSResumption | undefined {
		if (resumption !== false && (typeof resumption !== "object" || resumption === null))
			throw new TypeError("resumption must be a TLSResumption, options for one, or false");
		if (resumption === false || !this.hasIdentity) return undefined;
		const store = resumption instanceof TLSResumption ? resumption : new TLSResumption(resumption);
		this.check("Setting resumption", this.native.setResumption(store.native));
		return store;
	}

	private check(attempt: string, result: number): void {
		checkResult(attempt, this.native, result);
	}
}
