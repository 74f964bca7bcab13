import { toServername, toText } from "./config/text";
import type Session from "./connection/session";
import type { TLSVersion } from "./context";
import TLSError, { type TLSErrorCode, tlsErrorCodes } from "./error";
import { limits } from "./limits";
import PeerCertificate from "./peer-certificate";

const TLS_1_3 = 0x0304;

/**
 * The first certificate of the chain, linked to its issuers, as many as `maxPeerChain` has room for.
 * @throws {TLSError} `MEMORY` when it has none for the first.
 */
const readChain = (session: Session): PeerCertificate | undefined => {
	const chain: ArrayBuffer[] = [];
	let left = limits.maxPeerChain;
	for (
		let der = session.peerCertificate(0, left);
		der !== undefined;
		der = session.peerCertificate(chain.length, left)
	) {
		if (der.byteLength === 0 && chain.length === 0)
			throw new TLSError("MEMORY", { attempt: "Reading the peer's certificate" });
		if (der.byteLength === 0) break;
		left -= der.byteLength;
		chain.push(der);
	}
	return chain.reduceRight<PeerCertificate | undefined>((issuer, der) => new PeerCertificate(der, issuer), undefined);
};

/** What a handshake negotiated, and who the peer is (row B7). To save memory, what is `undefined` has no property. */
export class TLSDetails {
	readonly protocol: TLSVersion;
	/** IANA name of the cipher suite, such as `TLS_AES_128_GCM_SHA256`. */
	readonly cipher: string;
	/** The application protocol (ALPN); `undefined` when the client offered none. */
	declare readonly alpnProtocol: string | undefined;
	/** The handshake resumed an earlier session (rows A4, B6). */
	readonly resumed: boolean;
	/** The server name (SNI), in lower case; `undefined` when the client sent none. */
	declare readonly servername: string | undefined;
	/**
	 * Server: the identity of the client's pre-shared key (row C4), used in this handshake or in that of the resumed
	 * session. A string, or the bytes when they are not UTF-8.
	 */
	declare readonly pskIdentity: string | ArrayBuffer | undefined;
	/** Client: the PSK identity hint of a TLS 1.2 server, if it is UTF-8. */
	declare readonly pskIdentityHint: string | undefined;
	/** The peer has sent a certificate, and it has been verified. */
	readonly authorized: boolean;
	/** Why the peer's certificate could not be verified; only with `rejectUnauthorized: false`. */
	declare readonly authorizationError: TLSErrorCode | undefined;
	readonly #session: Session;
	/** What was read last, as long as anybody has it: of each client it may be kilobytes. */
	#peerCertificate: WeakRef<PeerCertificate> | undefined;

	constructor(session: Session) {
		const verdict = tlsErrorCodes[session.peerVerdict] ?? "INTERNAL";
		this.protocol = session.version === TLS_1_3 ? "TLSv1.3" : "TLSv1.2";
		this.cipher = session.cipher ?? "";
		this.resumed = session.isResumed;
		this.authorized = verdict === "NONE";
		this.#session = session;
		const { alpnProtocol, askedName, pskIdentity, pskHint } = session;
		if (alpnProtocol !== undefined) this.alpnProtocol = alpnProtocol;
		if (askedName !== undefined) this.servername = toServername(askedName);
		if (pskIdentity !== undefined) this.pskIdentity = toText(pskIdentity) ?? pskIdentity;
		if (pskHint !== undefined) this.pskIdentityHint = toText(pskHint);
		if (!this.authorized && verdict !== "CERTIFICATE_REQUIRED") this.authorizationError = verdict;
	}

	/**
	 * The peer's certificate; `undefined` when it sent none. It is copied at each access, with as many of its issuers as `maxPeerChain`
	 * has room for, unless the one before is still in use. Once the connection has closed it is there only for who has kept it.
	 * What of it cannot be read is `undefined`, and no error.
	 * @throws {TLSError} `MEMORY` when it is longer than that.
	 */
	get peerCertificate(): PeerCertificate | undefined {
		const kept = this.#peerCertificate?.deref();
		if (kept !== undefined) return kept;
		try {
			const certificate = readChain(this.#session);
			if (certificate !== undefined) this.#peerCertificate = new WeakRef(certificate);
			return certificate;
		} catch (error) {
			// Else the session has been freed.
			if (error instanceof TLSError) throw error;
			return undefined;
		}
	}
}
