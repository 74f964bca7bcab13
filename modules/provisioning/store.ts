/** Where the credentials are kept: one value. */
export interface Store {
	/** The value that was written last; `undefined` when there is none, or it is damaged. */
	read(): ArrayBuffer | undefined;
	/** Replaces it. A power cut at any moment leaves the former value or the new one. @throws {Error} when it cannot be kept. */
	write(value: ArrayBuffer): void;
	/** Takes it away. */
	remove(): void;
}
