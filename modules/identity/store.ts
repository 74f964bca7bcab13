/** Where a device stores its identity: one value, which is replaced as a whole. */
export interface Store {
	/** The value that was written last; `undefined` when there is none. It may be damaged: it has a checksum of its own. */
	read(): ArrayBuffer | HostBuffer | Uint8Array | undefined;
	/** Replaces the value. A power cut at any moment leaves the former value or the new one. */
	write(value: ArrayBuffer): void;
}
