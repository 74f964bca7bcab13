import { asciiText } from "./ascii";
import { decodeBase64 } from "./base64";

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";
const lineFeed = 10;
/** Characters of a line: PEM has 64 (RFC 7468 §2). */
const longestLine = 128;
/** Certificates of a file: short ones without end would take many times their bytes. */
const mostCertificates = 16;
/** Bytes that a certificate begins with, and by which its place grows. */
const step = 1_024;

const broken = (what: string): SyntaxError => {
	return new SyntaxError(`There is ${what}`);
};

/**
 * Certificates out of PEM, in whatever pieces that comes: DER alone is kept, and no text but that of a line. What stands
 * between certificates is passed over.
 */
export default class PEMReader {
	/** Bytes that may still come. */
	#left: number;
	readonly #certificates: Uint8Array[] = [];
	#line = "";
	/** Base64 of a line that has not come to four characters. */
	#digits = "";
	/** The certificate that is being read; `undefined` between two. */
	#bytes: Uint8Array | undefined;
	#length = 0;

	/** @param most bytes of PEM */
	constructor(most: number) {
		this.#left = most;
	}

	/** @throws {SyntaxError} it is no PEM. @throws {RangeError} it is too long */
	add(piece: ArrayBuffer): void {
		this.#left -= piece.byteLength;
		if (this.#left < 0) throw new RangeError("PEM is too long");
		const bytes = new Uint8Array(piece);
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(lineFeed, start);
			const stop = found < 0 ? bytes.length : found;
			if (this.#line.length + stop - start > longestLine) throw broken("no PEM");
			const text = asciiText(bytes.slice(start, stop).buffer);
			if (text === undefined) throw broken("no PEM");
			this.#line += text;
			if (found >= 0) this.endLine();
			start = stop + 1;
		}
	}

	/** All of them, once the last piece has come. @throws {SyntaxError} there is none, or the last is cut off */
	get certificates(): Uint8Array[] {
		// The last line need not have an end.
		this.endLine();
		if (this.#bytes !== undefined || this.#certificates.length === 0) throw broken("no whole certificate");
		return this.#certificates;
	}

	private endLine(): void {
		const line = this.#line.trim();
		this.#line = "";
		if (this.#bytes === undefined) {
			if (line === begin) this.#bytes = new Uint8Array(step);
		} else if (line === end) this.endCertificate(this.#bytes);
		else this.decode(line, this.#bytes);
	}

	private endCertificate(bytes: Uint8Array): void {
		if (this.#digits !== "" || this.#length === 0) throw broken("no PEM");
		if (this.#certificates.length === mostCertificates)
			throw new RangeError(`There are more than ${mostCertificates} certificates`);
		this.#certificates.push(bytes.slice(0, this.#length));
		this.#bytes = undefined;
		this.#length = 0;
	}

	private decode(line: string, into: Uint8Array): void {
		const digits = this.#digits + line;
		const whole = digits.length - (digits.length % 4);
		this.#digits = digits.slice(whole);
		const bytes = decodeBase64(digits.slice(0, whole));
		if (bytes === undefined) throw broken("no Base64");
		if (this.#length + bytes.length > into.length) this.grow(into);
		this.#bytes?.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	private grow(bytes: Uint8Array): void {
		const larger = new Uint8Array(bytes.length + step);
		larger.set(bytes);
		this.#bytes = larger;
	}
}
