/** Where a device keeps what it made. One value, replaced as a whole. */
export interface Store {
	/** What was written last; `undefined` when there is nothing. What is damaged is found out by its checksum. */
	read(): ArrayBuffer | HostBuffer | Uint8Array | undefined;
	/** Replaces it. A power cut at any moment leaves the former value or the new one. */
	write(value: ArrayBuffer): void;
}
