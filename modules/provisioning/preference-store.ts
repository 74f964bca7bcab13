import Preference from "preference";
import type { Store } from "./store";

/** Bytes of a part: a preference of an ESP8266 has 61 at most. */
const partLength = 48;
/** Before the value its number and its length, behind it a sum over all that. */
const headLength = 2;
const sumLength = 2;
/** Parts of the longest value, of as many bytes as a preference holds. */
const mostParts = 6;

/** A value that is whole. */
interface Kept {
	/** Which of two it lies under. */
	readonly slot: 0 | 1;
	readonly number: number;
	readonly value: ArrayBuffer;
}

/**
 * Keeps a value of up to 255 bytes in the SDK's preferences, which are flash **in the clear**, unless NVS is encrypted (ESP-IDF's
 * `CONFIG_NVS_ENCRYPTION` on an ESP32): who has the device in his hands can read it. In two places alternately, NAME0… and NAME1…,
 * since the SDK erases a preference before it sets it: a power cut may lose the one that is being written.
 */
export default class PreferenceStore implements Store {
	readonly #domain: string;
	readonly #name: string;

	/** On an ESP32 a domain has at most 15 characters, a name 13. */
	constructor(domain = "wifi", name = "network") {
		this.#domain = domain;
		this.#name = name;
	}

	read(): ArrayBuffer | undefined {
		return this.current?.value;
	}

	write(value: ArrayBuffer): void {
		const { current } = this;
		const slot = current?.slot === 0 ? 1 : 0;
		const head = Uint8Array.of(((current?.number ?? 0) + 1) & 0xff, value.byteLength).buffer;
		const begun = head.concat(value);
		const whole = begun.concat(sumOf(new Uint8Array(begun)));
		// A former one that a power cut has left there may be longer.
		this.erase(slot);
		for (let at = 0; at < whole.byteLength; at += partLength)
			Preference.set(this.#domain, this.nameOf(slot, at / partLength), whole.slice(at, at + partLength));
		if (this.current?.slot !== slot) throw new Error(`Writing the preference ${this.#domain}.${this.#name} failed`);
		// No password stays that is not used any more.
		if (current !== undefined) this.erase(current.slot);
	}

	remove(): void {
		// The current one last: a power cut between would bring a former one back.
		const last = this.current?.slot ?? 0;
		this.erase(last === 0 ? 1 : 0);
		this.erase(last);
	}

	private nameOf(slot: number, part: number): string {
		return `${this.#name}${slot}${part}`;
	}

	/** The newest that is whole. */
	private get current(): Kept | undefined {
		const first = this.get(0);
		const second = this.get(1);
		if (first === undefined || second === undefined) return first ?? second;
		return ((first.number - second.number) & 0xff) < 0x80 ? first : second;
	}

	private get(slot: 0 | 1): Kept | undefined {
		let whole = new ArrayBuffer(0);
		for (let part = 0; ; part++) {
			const [number = 0, length = 255] = new Uint8Array(whole);
			const end = headLength + length;
			if (whole.byteLength >= end + sumLength) {
				const sum = new Uint8Array(sumOf(new Uint8Array(whole, 0, end)));
				const [high, low] = new Uint8Array(whole, end);
				return sum[0] === high && sum[1] === low ? { slot, number, value: whole.slice(headLength, end) } : undefined;
			}
			const next = Preference.get(this.#domain, this.nameOf(slot, part));
			if (!(next instanceof ArrayBuffer) || next.byteLength === 0) return undefined;
			whole = whole.concat(next);
		}
	}

	/** The first part first: without it the others are nothing. They may be what a power cut has left. */
	private erase(slot: 0 | 1): void {
		for (let part = 0; part < mostParts; part++) {
			const name = this.nameOf(slot, part);
			if (Preference.get(this.#domain, name) !== undefined) Preference.delete(this.#domain, name);
		}
	}
}

/** Two sums of 8 bits (Fletcher's), which begin so that zeros have none of zeros. */
const sumOf = (bytes: Uint8Array): ArrayBuffer => {
	let first = 1;
	let second = 1;
	for (let at = 0; at < bytes.length; at++) {
		first = (first + (bytes[at] as number)) % 255;
		second = (second + first) % 255;
	}
	return Uint8Array.of(first, second).buffer;
};
