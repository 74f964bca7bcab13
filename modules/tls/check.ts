// What a caller may pass. A value of the wrong type is a mistake to be told, never one to be made the best of.

import type { Bytes } from "../io";

const MAX_SERVERNAME = 255;

/** @throws {RangeError} unless the value is a whole number from `low` to `high` */
export function checkWhole(name: string, value: number, low: number, high: number): number {
	if (Number.isInteger(value) && value >= low && value <= high) return value;
	throw new RangeError(`${name} is ${value}: it must be a whole number from ${low} to ${high}`);
}

/** @throws {TypeError} unless the value is `true` or `false` */
export function checkBoolean(name: string, value: boolean): boolean {
	if (typeof value === "boolean") return value;
	throw new TypeError(`${name} is ${value === null ? "null" : `a ${typeof value}`}: it must be true or false`);
}

/** @throws {TypeError} unless the value is an array; a string is none, although it can be looped over */
export function checkList<T>(name: string, value: readonly T[]): readonly T[] {
	if (Array.isArray(value)) return value;
	throw new TypeError(`${name} must be an array`);
}

/** @throws {TypeError} unless the value is an ArrayBuffer or a view of one */
export function checkBytes(value: Bytes): Bytes {
	if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
	throw new TypeError("Bytes to send must be an ArrayBuffer or a view of one");
}

/**
 * @throws {TypeError} not a string
 * @throws {RangeError} longer than 255 bytes (RFC 1035 §2.3.4), or with a NUL in it
 */
export function checkServername(name: string): string {
	if (typeof name !== "string") throw new TypeError("The server's name must be a string");
	if (!name.includes("\0") && ArrayBuffer.fromString(name).byteLength <= MAX_SERVERNAME) return name;
	throw new RangeError(`The server's name is at most ${MAX_SERVERNAME} bytes, none of them NUL`);
}
