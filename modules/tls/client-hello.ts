import type Session from "./connection/session";
import { toServername, toText } from "./x509/text";

/** Lists of the ClientHello by number, as xs_tls_session_hello counts them. */
const field = {
	servername: 0,
	alpn: 1,
	versions: 2,
	ciphers: 3,
	groups: 4,
	signatureAlgorithms: 5,
	certificateSignatureAlgorithms: 6
} as const;

/** What a client offers, before the server has said who it is (rows B4, Z4). Numbers are IANA's. */
export interface ClientHello {
	/** The name that the client wants to talk to (SNI, RFC 6066 §3), in lower case; `undefined` when it names none. */
	readonly servername: string | undefined;
	/** Application protocols in the client's order of preference (RFC 7301). */
	readonly ALPNProtocols: readonly string[];
	/** Versions, such as 0x0304; empty when the client knows of none above TLS 1.2. */
	readonly versions: readonly number[];
	/** Cipher suites, such as 0x1301. */
	readonly ciphers: readonly number[];
	/** Groups for the key exchange, and over TLS 1.2 the curves of certificates, such as 23. */
	readonly groups: readonly number[];
	/** Signature algorithms, such as 0x0403. */
	readonly signatureAlgorithms: readonly number[];
	/** Signature algorithms within certificates; empty when they are the same. */
	readonly certificateSignatureAlgorithms: readonly number[];
}

function toNumbers(list: ArrayBuffer | undefined): number[] {
	if (list === undefined) return [];
	const view = new DataView(list);
	return Array.from({ length: view.byteLength / 2 }, (_, index) => view.getUint16(2 * index));
}

function toNames(list: ArrayBuffer | undefined): string[] {
	if (list === undefined) return [];
	const bytes = new Uint8Array(list);
	const names: string[] = [];
	for (let at = 0; at < bytes.length; at += 1 + (bytes[at] as number)) {
		const name = toText(list.slice(at + 1, at + 1 + (bytes[at] as number)));
		if (name !== undefined) names.push(name);
	}
	return names;
}

/** Reads the ClientHello of a session that wants an identity. */
export function readHello(session: Session): ClientHello {
	return {
		servername: toServername(session.hello(field.servername)),
		ALPNProtocols: toNames(session.hello(field.alpn)),
		versions: toNumbers(session.hello(field.versions)),
		ciphers: toNumbers(session.hello(field.ciphers)),
		groups: toNumbers(session.hello(field.groups)),
		signatureAlgorithms: toNumbers(session.hello(field.signatureAlgorithms)),
		certificateSignatureAlgorithms: toNumbers(session.hello(field.certificateSignatureAlgorithms))
	};
}
