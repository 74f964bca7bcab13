// The desk host's own module, for tests (host-tests/desk/modules/desk.js).
declare module "desk" {
	export interface Memory {
		/** Bytes in use by XS chunks. */
		readonly chunks: number;
		/** Bytes in use by XS slots. */
		readonly slots: number;
		/** Bytes that XS took from the system for both. */
		readonly heap: number;
		/** Bytes allocated by everything else. */
		readonly allocated: number;
	}
	export function exit(code?: number): never;
	export function gc(): void;
	export function memory(): Memory;
	export function onStop(handler: () => void): void;
}

// Private keys that PSA holds (host-tests/desk/modules/psa-keys.js).
declare module "psa-keys" {
	/** Its id, 0 when it is no key in PEM or DER. */
	export function keepKey(key: ArrayBuffer | HostBuffer, maySign?: boolean): number;
	export function destroyKey(id: number): boolean;
	export function canExportKey(id: number): boolean;
}

// Forced lack of memory (host-tests/desk/modules/alloc-faults.js).
declare module "alloc-faults" {
	/** The n-th allocation of TLS from now fails, and only that; 0: none does. */
	export function failAllocation(n: number): void;
	/** How many TLS has asked for since the start. */
	export function countAllocations(): number;
}
