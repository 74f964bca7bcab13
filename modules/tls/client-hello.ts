import { toServername, toText } from "./config/text";
import type Session from "./connection/session";
import { limits } from "./limits";

const { helloBytes, helloNames } = limits;
/** Bytes (RFC 1035 §2.3.4). */
const longestHost = 255;

/** Lists of the ClientHello by number, as xs_xstls_session_hello counts them. */
const field = Object.freeze({
	servername: 0,
	alpn: 1,
	versions: 2,
	ciphers: 3,
	groups: 4,
	signatureAlgorithms: 5,
	certificateSignatureAlgorithms: 6
} as const);

/**
 * What a client offers in its ClientHello (rows B4, Z4). Numbers are IANA's; of each list the first `limits.helloNames`. Each is
 * read when it is asked for, until `select` has answered: afterwards, or when the client has left, there is none.
 */
export interface ClientHello {
	/** The server name (SNI, RFC 6066 §3), in lower case; `undefined` when there is none. */
	readonly servername: string | undefined;
	/** Application protocols in the client's order of preference (RFC 7301). */
	readonly ALPNProtocols: readonly string[];
	/** The supported_versions extension, such as 0x0304; empty when the client has none above TLS 1.2. */
	readonly versions: readonly number[];
	/** Cipher suites, such as 0x1301. */
	readonly ciphers: readonly number[];
	/** The supported_groups extension, such as 23. Over TLS 1.2 it counts for the curves of certificates too. */
	readonly groups: readonly number[];
	/** Signature algorithms, such as 0x0403. */
	readonly signatureAlgorithms: readonly number[];
	/** Those in certificates (signature_algorithms_cert); empty when they are the same. */
	readonly certificateSignatureAlgorithms: readonly number[];
}

/** Bytes of each list that are copied: a client makes it as long as its ClientHello. Of a name, one more than that of any host has. */
const copied = Object.freeze([longestHost + 1, helloBytes] as const);

const toNumbers = (list: ArrayBuffer | undefined): number[] => {
	if (list === undefined) return [];
	const view = new DataView(list);
	return Array.from({ length: Math.min(view.byteLength / 2, helloNames) }, (_, index) => view.getUint16(2 * index));
};

const toNames = (list: ArrayBuffer | undefined): string[] => {
	if (list === undefined) return [];
	const bytes = new Uint8Array(list);
	const names: string[] = [];
	for (let at = 0, end = 0; at < bytes.length && names.length < helloNames; at = end) {
		end = at + 1 + (bytes[at] as number);
		if (end > helloBytes) break;
		const name = toText(list.slice(at + 1, end));
		if (name !== undefined) names.push(name);
	}
	return names;
};

/** One that is longer than that of any host is none. */
const readServername = (name: ArrayBuffer | undefined): string | undefined => {
	return name !== undefined && name.byteLength <= longestHost ? toServername(name) : undefined;
};

/**
 * The ClientHello of a session for which no context is selected yet. Each list is read when it is asked for: a client makes them
 * long, all of them take 4 kB, and most of those who select look at one or two.
 */
class SessionHello implements ClientHello {
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
	}

	get servername(): string | undefined {
		return readServername(this.read(field.servername));
	}

	get ALPNProtocols(): readonly string[] {
		return toNames(this.read(field.alpn));
	}

	get versions(): readonly number[] {
		return toNumbers(this.read(field.versions));
	}

	get ciphers(): readonly number[] {
		return toNumbers(this.read(field.ciphers));
	}

	get groups(): readonly number[] {
		return toNumbers(this.read(field.groups));
	}

	get signatureAlgorithms(): readonly number[] {
		return toNumbers(this.read(field.signatureAlgorithms));
	}

	get certificateSignatureAlgorithms(): readonly number[] {
		return toNumbers(this.read(field.certificateSignatureAlgorithms));
	}

	/** All of it, for who wants to see it. */
	toJSON(): ClientHello {
		const { servername, ALPNProtocols, versions, ciphers, groups } = this;
		const { signatureAlgorithms, certificateSignatureAlgorithms } = this;
		return {
			servername,
			ALPNProtocols,
			versions,
			ciphers,
			groups,
			signatureAlgorithms,
			certificateSignatureAlgorithms
		} as ClientHello;
	}

	/** `undefined` also once the client has left, or its context has been selected. */
	private read(list: number): ArrayBuffer | undefined {
		try {
			return this.#session.hello(list, copied[list] ?? 2 * helloNames);
		} catch {
			return undefined;
		}
	}
}

export const readHello = (session: Session): ClientHello => {
	return new SessionHello(session);
};
