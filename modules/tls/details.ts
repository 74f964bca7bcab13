import type { TLSVersion } from "./context";
import type Session from "./session";

/** What a handshake agreed on (row B7). */
export interface TLSDetails {
	readonly protocol: TLSVersion;
	/** IANA name of the cipher suite, such as `TLS_AES_128_GCM_SHA256`. */
	readonly cipher: string;
	/** The application protocol that was chosen; `undefined` when the client offered none. */
	readonly alpnProtocol: string | undefined;
}

const TLS_1_3 = 0x0304;

/** Reads the details of an established session. */
export function readDetails(session: Session): TLSDetails {
	return {
		protocol: session.version === TLS_1_3 ? "TLSv1.3" : "TLSv1.2",
		cipher: session.cipher ?? "",
		alpnProtocol: session.alpnProtocol
	};
}
