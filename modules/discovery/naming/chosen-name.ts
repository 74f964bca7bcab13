import { isHostName, toHosts } from "identity/hosts";
import Image from "identity/image";
import type { Store } from "identity/store";
import { limits } from "../limits";

/** Hyphens in these places are those of an encoded name, such as `xn--` (RFC 5891 §4.2.3.1): what it shows is another one. */
const isEncoded = (label: string): boolean => {
	return label.slice(2, 4) === "--";
};

/** @throws {RangeError} */
const checkLabel = (name: string): string => {
	const label = name.toLowerCase();
	if (!isHostName(label) || label.includes(".") || label.length > limits.maxName || isEncoded(label))
		throw new RangeError(`"${name}" is no name of 1 to ${limits.maxName} letters, digits and hyphens`);
	return label;
};

const readLabel = (image: Image | undefined): unknown => {
	const notes = image?.find("notes", "server")[0];
	try {
		return notes && JSON.parse(String.fromArrayBuffer(notes.slice().buffer as ArrayBuffer)).label;
	} catch {
		return undefined;
	}
};

/** The names that a device may have, and which of them it has: that is stored. */
export default class ChosenName {
	readonly #labels: readonly string[];
	readonly #store: Store;
	readonly #now: () => number;
	#sequence: number;
	#chosen: number;
	#hosts: readonly string[];

	/** @throws {RangeError} no name that a device can have */
	constructor(name: string, store: Store, now: () => number) {
		const wanted = checkLabel(name);
		const labels = [wanted];
		for (let number = 2; number <= limits.maxNumber; number++) labels.push(`${wanted}-${number}`);
		this.#labels = labels;
		this.#store = store;
		this.#now = now;
		const value = store.read();
		const bytes = value === undefined || value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer);
		const image = bytes && Image.fromSlot(bytes);
		this.#sequence = image?.sequence ?? 0;
		// One that is none of these is of a firmware that wanted another name.
		this.#chosen = Math.max(labels.indexOf(String(readLabel(image))), 0);
		this.#hosts = toHosts(this.label);
	}

	get label(): string {
		return this.#labels[this.#chosen] as string;
	}

	/** Asked for at each request. */
	get hosts(): readonly string[] {
		return this.#hosts;
	}

	get others(): readonly string[] {
		return this.#labels.filter(label => label !== this.label);
	}

	get count(): number {
		return this.#labels.length;
	}

	/** The name that is `steps` behind the chosen one; the first comes behind the last. */
	after(steps: number): string {
		return this.#labels[(this.#chosen + steps) % this.#labels.length] as string;
	}

	/** @throws what the store throws: it is chosen, and forgotten with the next restart */
	choose(label: string): void {
		this.#chosen = this.#labels.indexOf(label);
		this.#hosts = toHosts(label);
		const notes = ArrayBuffer.fromString(JSON.stringify({ label }));
		this.#store.write(Image.toSlot(this.#sequence + 1, this.#now(), [["notes", "server", notes]]));
		this.#sequence += 1;
	}
}
