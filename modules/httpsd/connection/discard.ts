import type { Limits } from "../limits";
import type Input from "./input";

/** Input that nobody reads is discarded from now on, up to `maxLinger` bytes. */
export default class Discard {
	readonly #input: Input;
	readonly #readSize: number;
	/** Bytes read from the socket in all that are not too many. */
	readonly #end: number;

	constructor(input: Input, { readSize, maxLinger }: Pick<Limits, "readSize" | "maxLinger">) {
		this.#input = input;
		this.#readSize = readSize;
		this.#end = input.total + maxLinger;
	}

	/** Discards what has come. @returns `false` when that were too many bytes. */
	run(): boolean {
		const input = this.#input;
		while (input.take(this.#readSize) !== undefined);
		return input.total <= this.#end;
	}
}
