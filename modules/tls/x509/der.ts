import { type DERElement, readElement } from "text/der";
import { encodeHex } from "text/hex";
import { limits } from "../limits";

/** Universal tags that certificates are made of (X.690 §8). */
export const tag = {
	boolean: 0x01,
	bitString: 0x03,
	octetString: 0x04,
	objectIdentifier: 0x06,
	utf8String: 0x0c,
	utcTime: 0x17,
	generalizedTime: 0x18,
	bmpString: 0x1e,
	sequence: 0x30,
	set: 0x31
} as const;
Object.freeze(tag);

/** Digits of month, day, hour, minute and second in a time. */
const TIME_DIGITS = 10;
const DIGIT_0 = 0x30;
const LETTER_Z = 0x5a;

function invalid(): never {
	throw new SyntaxError("This is not the DER of an X.509 certificate");
}

/**
 * Calls `visit` with each element that `parent` holds. A list of them would take 80 bytes of XS's slots for each, of which a peer chooses the number.
 * @throws {SyntaxError} they do not fill it, or are more than `maxParts`
 */
export const visitChildren = (bytes: Uint8Array, parent: DERElement, visit: (child: DERElement) => void): void => {
	let count = 0;
	for (let at = parent.content; at < parent.end; ) {
		if (count++ === limits.maxParts) invalid();
		const child = readElement(bytes, at, parent.end);
		visit(child);
		at = child.end;
	}
};

/** The elements that `parent` holds, where they are few. Throws as `visitChildren` does. */
export const readChildren = (bytes: Uint8Array, parent: DERElement): DERElement[] => {
	const children: DERElement[] = [];
	visitChildren(bytes, parent, child => void children.push(child));
	return children;
};

/** Bytes that a name takes beside its characters, and how often it stands there while the others are read. */
const nameCosts = Object.freeze({ each: 40, copies: 3 } as const);

/** What is made of the names of one list: the peer chooses how many there are, and how long. */
export class NamesRoom {
	private left: number = limits.maxNames;

	/** @throws {SyntaxError} they take more than `maxNames` bytes of XS's heap */
	take(bytes: number): void {
		this.left -= bytes;
		if (this.left < 0) invalid();
	}

	/** The text of a string element, as `readText` gives it. Throws as `take` does. */
	read(bytes: Uint8Array, element: DERElement): string {
		this.take(nameCosts.each + nameCosts.copies * (element.end - element.content));
		return readText(bytes, element);
	}
}

/** The element itself if it has that tag. @throws {SyntaxError} it is missing or has another */
export const expectTag = (element: DERElement | undefined, expected: number): DERElement => {
	return element?.tag === expected ? element : invalid();
};

/** Bytes of a number as upper-case hexadecimal. @throws {SyntaxError} they are more than `maxIdentifier` */
export const readSerialNumber = (bytes: Uint8Array, { content, end }: DERElement): string => {
	if (end - content > limits.maxIdentifier) invalid();
	let start = content;
	while (start < end && bytes[start] === 0) start++;
	return encodeHex(bytes.subarray(start, end)).toUpperCase() || "0";
};

/** An object identifier in dotted decimal. @throws {SyntaxError} it is longer than `maxIdentifier` */
export const readObjectIdentifier = (bytes: Uint8Array, element: DERElement): string => {
	if (element.end - element.content > limits.maxIdentifier) invalid();
	const arcs: number[] = [];
	let arc = 0;
	for (let i = element.content; i < element.end; i++) {
		const byte = bytes[i] as number;
		arc = arc * 128 + (byte & 0x7f);
		if (byte & 0x80) continue;
		if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
		else arcs.push(arc);
		arc = 0;
	}
	return arcs.join(".");
};

const fromCharCodes = (bytes: Uint8Array, from: number, to: number, size: 1 | 2): string => {
	let text = "";
	for (let i = from; i + size <= to; i += size) {
		text += String.fromCharCode(
			size === 1 ? (bytes[i] as number) : ((bytes[i] as number) << 8) | (bytes[i + 1] as number)
		);
	}
	return text;
};

/** The text of a string element. Bytes that are not of that encoding are read as Latin-1. */
export const readText = (bytes: Uint8Array, element: DERElement): string => {
	if (element.tag === tag.bmpString) return fromCharCodes(bytes, element.content, element.end, 2);
	if (element.tag === tag.utf8String) {
		try {
			return String.fromArrayBuffer(bytes.slice(element.content, element.end).buffer as ArrayBuffer);
		} catch {}
	}
	return fromCharCodes(bytes, element.content, element.end, 1);
};

const readDecimal = (bytes: Uint8Array, at: number, length: number): number => {
	let number = 0;
	for (let i = at; i < at + length; i++) {
		const digit = (bytes[i] as number) - DIGIT_0;
		if (digit < 0 || digit > 9) invalid();
		number = 10 * number + digit;
	}
	return number;
};

/** A UTCTime or GeneralizedTime in UTC with seconds (RFC 5280 §4.1.2.5). @throws {SyntaxError} it is not one */
export const readTime = (bytes: Uint8Array, element: DERElement): Date => {
	const isShort = element.tag === tag.utcTime;
	const yearLength = isShort ? 2 : 4;
	const zone = element.end - 1;
	if (zone - element.content !== yearLength + TIME_DIGITS || bytes[zone] !== LETTER_Z) invalid();
	const year = readDecimal(bytes, element.content, yearLength);
	const rest: number[] = [];
	for (let at = element.content + yearLength; at < zone; at += 2) rest.push(readDecimal(bytes, at, 2));
	const [month, day, hour, minute, second] = rest;
	const century = isShort ? (year < 50 ? 2000 : 1900) : 0;
	return new Date(Date.UTC(century + year, (month as number) - 1, day, hour, minute, second));
};
