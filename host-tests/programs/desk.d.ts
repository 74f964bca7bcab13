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
		/** With VARIANT=device. */
		readonly device?: DeviceMemory;
	}
	/** Bytes. */
	export interface Share {
		readonly used: number;
		readonly peak: number;
		readonly reserved: number;
	}
	/** Bytes. */
	export interface DeviceMemory {
		/** XS's, which slots and chunks share; `free` is between them, neither's yet; `lowestFree` counts what chunks had and did not use. */
		readonly block: {
			readonly size: number;
			readonly free: number;
			readonly lowestFree: number;
			readonly largestChunk: number;
		};
		readonly stack: { readonly size: number; readonly deepest: number };
		readonly chunks: Share;
		readonly slots: Share;
		/** Of C. */
		readonly heap: {
			readonly size: number;
			readonly free: number;
			readonly lowestFree: number;
			readonly largestBlock: number;
			/** The least that it ever was. */
			readonly leastLargest: number;
			readonly blocks: number;
			/** How often none could be had, and of how many bytes last. */
			readonly failures: number;
			readonly lastFailure: number;
		};
	}
	export function exit(code?: number): never;
	export function gc(): void;
	/** What slots are for, once garbage has been collected: instances and slots by class. */
	export function census(): Record<string, [instances: number, slots: number]>;
	export function memory(): Memory;
	export function onStop(handler: () => void): void;
}

// The C heap of a desk with VARIANT=device (host-tests/desk/modules/c-heap.js).
declare module "c-heap" {
	/** Stands for a block of `size` bytes; undefined when there is none. */
	export function take(size: number): number | undefined;
	export function give(block: number): void;
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
