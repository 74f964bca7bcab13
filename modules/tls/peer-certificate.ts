import { encodeBase64 } from "text/base64";
import { type DERElement, readElement } from "text/der";
import { encodeHex, formatFingerprint } from "text/hex";
import { sha256 } from "./digest";
import {
	expectTag,
	readChildren,
	readObjectIdentifier,
	readSerialNumber,
	readTime,
	tag,
	visitChildren
} from "./x509/der";
import { type DistinguishedName, readDistinguishedName } from "./x509/distinguished-name";
import { encodePEM } from "./x509/pem";
import { readSubjectAltName, type SubjectAltName } from "./x509/subject-alt-name";

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const SUBJECT_ALT_NAME = "2.5.29.17";
const noNames: SubjectAltName = Object.freeze({ dnsNames: [], ipAddresses: [], text: "" }, true);
const months = Object.freeze(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);

/** The parts of a TBSCertificate that are read here (RFC 5280 §4.1). */
interface Parts {
	readonly serial: DERElement;
	readonly issuer: DERElement;
	readonly validity: DERElement;
	readonly subject: DERElement;
	readonly publicKey: DERElement;
	readonly extensions: DERElement | undefined;
}

const split = (bytes: Uint8Array): Parts => {
	const whole = expectTag(readElement(bytes, 0, bytes.length), tag.sequence);
	const fields = readChildren(bytes, expectTag(readChildren(bytes, whole)[0], tag.sequence));
	if (fields[0]?.tag === VERSION) fields.shift();
	const [serial, , issuer, validity, subject, publicKey, ...more] = fields;
	return {
		serial: expectTag(serial, 0x02),
		issuer: expectTag(issuer, tag.sequence),
		validity: expectTag(validity, tag.sequence),
		subject: expectTag(subject, tag.sequence),
		publicKey: expectTag(publicKey, tag.sequence),
		extensions: more.find(field => field.tag === EXTENSIONS)
	};
};

/** As OpenSSL prints dates: `Jan  2 03:04:05 2026 GMT`. */
const formatDate = (date: Date): string => {
	const day = String(date.getUTCDate()).padStart(2);
	return `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`;
};

/**
 * An X.509 certificate, whose fields are parsed at each access (rows B7, D5). Names and formats are those of Node's
 * `getPeerCertificate()` and `X509Certificate`, where these have the field. Having one does not mean that it has been
 * verified: see `authorized` of TLSDetails. A peer has made it, so nothing here throws: what cannot be read, or is more than
 * `maxParts`, `maxNames` or `maxIdentifier` of `limits` allow, is `undefined`.
 */
export default class PeerCertificate {
	/** The certificate in DER. */
	readonly raw: ArrayBuffer;
	/** The next in the chain as the peer sent it; `undefined` at its end. */
	readonly issuerCertificate: PeerCertificate | undefined;
	readonly #bytes: Uint8Array;
	#parts: Parts | undefined;

	/** @param der of exactly one certificate */
	constructor(der: ArrayBuffer, issuerCertificate?: PeerCertificate) {
		this.raw = der;
		this.issuerCertificate = issuerCertificate;
		this.#bytes = new Uint8Array(der);
	}

	private get fields(): Parts | undefined {
		return this.read(() => {
			this.#parts ??= split(this.#bytes);
			return this.#parts;
		});
	}

	/** What is read; `undefined` where the DER is not what is looked for. */
	private read<Value>(reader: () => Value): Value | undefined {
		try {
			return reader();
		} catch {
			return undefined;
		}
	}

	private readName(field: "subject" | "issuer"): DistinguishedName | undefined {
		const { fields } = this;
		return fields && this.read(() => readDistinguishedName(this.#bytes, fields[field]));
	}

	private readDate(index: 0 | 1): Date | undefined {
		const { fields } = this;
		return (
			fields && this.read(() => readTime(this.#bytes, readChildren(this.#bytes, fields.validity)[index] as DERElement))
		);
	}

	get subject(): DistinguishedName | undefined {
		return this.readName("subject");
	}

	get issuer(): DistinguishedName | undefined {
		return this.readName("issuer");
	}

	/** Upper-case hexadecimal. */
	get serialNumber(): string | undefined {
		const { fields } = this;
		return fields && this.read(() => readSerialNumber(this.#bytes, fields.serial));
	}

	get validFromDate(): Date | undefined {
		return this.readDate(0);
	}

	get validToDate(): Date | undefined {
		return this.readDate(1);
	}

	get valid_from(): string | undefined {
		const date = this.validFromDate;
		return date && formatDate(date);
	}

	get valid_to(): string | undefined {
		const date = this.validToDate;
		return date && formatDate(date);
	}

	/** The names that it is for (RFC 5280 §4.2.1.6): none of them where one cannot be read. */
	get subjectAltName(): SubjectAltName | undefined {
		const { fields } = this;
		return fields && this.read(() => this.readSubjectAltName(fields.extensions));
	}

	private readSubjectAltName(extensions: DERElement | undefined): SubjectAltName {
		const list = extensions && readChildren(this.#bytes, extensions)[0];
		let found: DERElement | undefined;
		if (list !== undefined)
			visitChildren(this.#bytes, list, extension => {
				const parts = found === undefined ? readChildren(this.#bytes, extension) : [];
				if (found === undefined && this.isSubjectAltName(parts[0])) found = expectTag(parts.at(-1), tag.octetString);
			});
		return found === undefined
			? noNames
			: readSubjectAltName(this.#bytes, readElement(this.#bytes, found.content, found.end));
	}

	private isSubjectAltName(identifier: DERElement | undefined): boolean {
		return readObjectIdentifier(this.#bytes, expectTag(identifier, tag.objectIdentifier)) === SUBJECT_ALT_NAME;
	}

	/** As Node writes it, `DNS:device.local, IP Address:192.0.2.1`; `undefined` when there are no names, too. */
	get subjectaltname(): string | undefined {
		return this.subjectAltName?.text || undefined;
	}

	/** SHA-256 of the certificate: 32 upper-case pairs with colons. */
	get fingerprint256(): string {
		return formatFingerprint(encodeHex(sha256(this.raw)));
	}

	/** SubjectPublicKeyInfo in DER. */
	get publicKeyInfo(): ArrayBuffer | undefined {
		const key = this.fields?.publicKey;
		return key && this.raw.slice(key.start, key.end);
	}

	/** SHA-256 of `publicKeyInfo` in Base64: what `pinnedPublicKeys` takes (RFC 7469 §2.4). */
	get publicKeyPin(): string | undefined {
		const key = this.publicKeyInfo;
		return key && encodeBase64(new Uint8Array(sha256(key)));
	}

	/** In PEM. Makes three times `raw` for a moment, for which XS is not asked: `raw` takes nothing more. */
	get pem(): string {
		return encodePEM(this.#bytes);
	}
}
