import Preference from "preference";
import Image from "./image";
import type { Store } from "./store";

/**
 * Stores the value in the SDK's preferences (NVS on the ESP32) under two names alternately, NAME and NAME2: the SDK erases
 * a preference before it sets it, so a power cut may lose the one that is being written. The other is valid then.
 */
export default class PreferenceStore implements Store {
	readonly #domain: string;
	readonly #names: readonly [string, string];

	/** On the ESP32 a domain has at most 15 characters, a name 14. */
	constructor(domain = "tls", name = "identity") {
		this.#domain = domain;
		this.#names = [name, `${name}2`];
	}

	read(): ArrayBuffer | undefined {
		return this.get(this.current);
	}

	/** @throws {Error} what the SDK throws, or the value read back is another */
	write(value: ArrayBuffer): void {
		const name = this.current === this.#names[0] ? this.#names[1] : this.#names[0];
		Preference.set(this.#domain, name, value);
		if (this.current !== name) throw new Error(`Writing the preference ${this.#domain}.${name} failed`);
	}

	/** The name of the newest value that is complete; the second name when there is none. */
	private get current(): string {
		const [first, second] = this.#names;
		return this.sequenceOf(first) > this.sequenceOf(second) ? first : second;
	}

	/** 0 when the value is missing or damaged. */
	private sequenceOf(name: string): number {
		const value = this.get(name);
		return value === undefined ? 0 : (Image.fromSlot(new Uint8Array(value))?.sequence ?? 0);
	}

	private get(name: string): ArrayBuffer | undefined {
		const value = Preference.get(this.#domain, name);
		return value instanceof ArrayBuffer ? value : undefined;
	}
}
