import { readElement } from "text/der";
import { toServername, toText } from "./config/text";
import type Session from "./connection/session";
import type { TLSVersion } from "./context";
import { type TLSErrorCode, tlsErrorCodes } from "./error";
import PeerCertificate from "./peer-certificate";

const TLS_1_3 = 0x0304;

/** The first certificate of the chain, linked to its issuers. */
function linkChain(chain: ArrayBuffer): PeerCertificate | undefined {
	const bytes = new Uint8Array(chain);
	const parts: ArrayBuffer[] = [];
	for (let at = 0; at < bytes.length; ) {
		const { end } = readElement(bytes, at, bytes.length);
		parts.push(chain.slice(at, end));
		at = end;
	}
	return parts.reduceRight<PeerCertificate | undefined>((issuer, der) => new PeerCertificate(der, issuer), undefined);
}

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
	#session: Session | undefined;
	#peerCertificate: PeerCertificate | undefined;

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
	 * The peer's certificate; `undefined` when it sent none. The connection has to be open at the first access: the
	 * certificate is copied then.
	 */
	get peerCertificate(): PeerCertificate | undefined {
		const chain = this.takeChain();
		if (chain !== undefined) this.#peerCertificate = linkChain(chain);
		return this.#peerCertificate;
	}

	/** The chain, at the first call; `undefined` when the session was freed before. */
	private takeChain(): ArrayBuffer | undefined {
		const session = this.#session;
		this.#session = undefined;
		try {
			return session?.peerChain();
		} catch {
			return undefined;
		}
	}
}
