// The SDK's `Resource`, for unit tests: flash content that a test has put into `resources`.

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

	slice(begin: number, end?: number, copy?: boolean): ArrayBuffer {
		return copy === false ? this.#bytes.slice(begin, end) : this.#bytes.slice(begin, end);
	}

	static exists(path: string): boolean {
		return resources.has(path);
	}
}
