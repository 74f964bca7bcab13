import Preference from "preference";
import type { Store } from "./store";

/** Keeps the value in the SDK's preferences: NVS on the ESP32, which replaces a value as a whole. */
export default class PreferenceStore implements Store {
	readonly #domain: string;
	readonly #name: string;

	/** Domain and name have at most 15 characters on the ESP32. */
	constructor(domain = "tls", name = "identity") {
		this.#domain = domain;
		this.#name = name;
	}

	read(): ArrayBuffer | undefined {
		const value = Preference.get(this.#domain, this.#name);
		return value instanceof ArrayBuffer ? value : undefined;
	}

	write(value: ArrayBuffer): void {
		Preference.set(this.#domain, this.#name, value);
	}
}
