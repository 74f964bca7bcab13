import type Session from "./connection/session";
import type { TLSVersion } from "./context";
import { type TLSErrorCode, tlsErrorCodes } from "./error";
import { readElement } from "./x509/der";
import PeerCertificate from "./x509/peer-certificate";
import { toServername, toText } from "./x509/text";

const TLS_1_3 = 0x0304;

/** The first certificate of a chain that the peer sent, linked to those after it. */
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

/** What a handshake agreed on, and who the peer is (row B7). What there is none of takes no place. */
export class TLSDetails {
	readonly protocol: TLSVersion;
	/** IANA name of the cipher suite, such as `TLS_AES_128_GCM_SHA256`. */
	readonly cipher: string;
	/** The application protocol that was chosen; `undefined` when the client offered none. */
	declare readonly alpnProtocol: string | undefined;
	/** The handshake was short, for it resumed an earlier session (rows A4, B6). */
	readonly resumed: boolean;
	/** The name that the server was asked for, in lower case; `undefined` when it was asked for none. */
	declare readonly servername: string | undefined;
	/**
	 * Server: the client has shown that it has the pre-shared key of this identity (row C4), now or when the session began
	 * that it resumes. As it was added to `psks`: text, or bytes that are no UTF-8.
	 */
	declare readonly pskIdentity: string | ArrayBuffer | undefined;
	/** Client: which pre-shared key a TLS 1.2 server has asked for, if it said so in UTF-8. */
	declare readonly pskIdentityHint: string | undefined;
	/** The peer has sent a certificate, and it was verified. */
	readonly authorized: boolean;
	/** What is wrong with the peer's certificate, when `rejectUnauthorized: false` let it pass. */
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
	 * The peer's certificate; `undefined` when it sent none. It is read when first asked for, which has to be while the
	 * connection is open.
	 */
	get peerCertificate(): PeerCertificate | undefined {
		const chain = this.takeChain();
		if (chain !== undefined) this.#peerCertificate = linkChain(chain);
		return this.#peerCertificate;
	}

	/** Once; a session that was freed meanwhile throws. */
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
