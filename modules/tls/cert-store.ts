import { checkData } from "./config/arguments";
import NativeContext, { type Credential } from "./config/native-context";
import { checkResult, toErrorCode } from "./config/result";
import { type TLSErrorCode, tlsErrorCodes } from "./error";
import { applyTrust, type TrustOptions } from "./trust";
import { decodePEM } from "./x509/pem";

/** A certificate, or several, in PEM; or one in DER. */
export type CertificateData = string | ArrayBuffer;

/** As `xstls_usage` in tls-chain.h. */
const usages = { any: 0, server: 1, client: 2 } as const;
Object.freeze(usages);

const invalid = tlsErrorCodes.indexOf("CERTIFICATE_INVALID");

/** Root certificates to trust, whether dates are checked, and what certificates have to be for. */
export interface CertStoreOptions extends Pick<TrustOptions, "caBundle" | "validity" | "clockFloor"> {
	ca?: Credential | readonly Credential[];
	/**
	 * What certificates must be for by their key usage and extended key usage. With `"server"`, the default, one for
	 * clients alone is `CERTIFICATE_USAGE`; `"any"` checks neither.
	 */
	usage?: keyof typeof usages;
}

/** The result of a verification (row D6). */
export interface VerifyStatus {
	readonly ok: boolean;
	/** `NONE` when it is valid; otherwise `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_EXPIRED` and so on. */
	readonly code: TLSErrorCode;
	/** Which certificate failed: 0 the peer's own, 1 its issuer and so on up the chain; -1 when none did. */
	readonly depth: number;
	/** `MBEDTLS_X509_BADCERT_*` of the whole chain. */
	readonly verifyFlags: number;
}

const toDER = (certificates: readonly CertificateData[]): Uint8Array | undefined => {
	const parts = certificates.map(data => (typeof data === "string" ? decodePEM(data) : [new Uint8Array(data)]));
	const whole: Uint8Array[] = [];
	for (const part of parts) {
		if (part === undefined) return undefined;
		whole.push(...part);
	}
	const der = new Uint8Array(whole.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const each of whole) {
		der.set(each, at);
		at += each.length;
	}
	return der;
};

/** Certificates to verify others against (`TLSCertStore` of net.TLS): parsed once, never changed. */
export default class TLSCertStore {
	readonly #native = new NativeContext();
	readonly #usage: number;

	/**
	 * @throws {TLSError} `CA_INVALID`, `MEMORY`
	 * @throws {RangeError} an option out of range
	 */
	constructor({ ca = [], usage = "server", ...trust }: CertStoreOptions) {
		const native = this.#native;
		if (!Object.hasOwn(usages, usage))
			throw new RangeError(`usage is "${usage}": it must be "server", "client" or "any"`);
		this.#usage = usages[usage];
		for (const each of Array.isArray(ca) ? ca : [ca]) {
			checkResult("Loading CA certificates", native, native.addCA(checkData("ca", each)));
		}
		applyTrust(native, trust);
		checkResult("Completing the certificate store", native, native.seal());
	}

	/**
	 * Verifies signatures, dates, usage and the right to sign, from `certificate` over `chain` to a root of this store.
	 * Names are not compared: `verifyHostname` does that.
	 * @param chain what leads from the certificate to a root, in any order; the certificate itself may be in it
	 */
	verify(certificate: CertificateData, chain: readonly CertificateData[] = []): VerifyStatus {
		const der = toDER([certificate, ...chain]);
		const [code, depth, verifyFlags] = der ? this.#native.verifyChain(der, this.#usage) : ([invalid, -1, 0] as const);
		const name = toErrorCode(code);
		return { ok: name === "NONE", code: name, depth, verifyFlags };
	}
}
