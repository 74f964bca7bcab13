// The SDK's `Resource`, for unit tests: flash content that a test has put into `resources`. As with the SDK, no name has
// a slash, and an end that is given as `undefined` is 0.

export const resources = new Map<string, ArrayBuffer>();

export default class Resource {
	readonly #bytes: ArrayBuffer;

	constructor(path: string) {
		const bytes = resources.get(path);
		if (bytes === undefined) throw new URIError(`Resource not found: ${path}`);
		this.#bytes = bytes;
	}

	get byteLength(): number {
		return this.#bytes.byteLength;
	}

	slice(begin: number, ...[end, copy]: [end?: number, copy?: boolean]): ArrayBuffer {
		return this.#bytes.slice(begin, copy === undefined ? end : (end ?? 0));
	}

	static exists(path: string): boolean {
		return !path.includes("/") && resources.has(path);
	}
}
