// What a caller may pass. A value of the wrong type is a mistake to be told, never one to be made the best of.

import type { Bytes } from "../../io";
import { isPlainText } from "../x509/text";

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

/** @throws {TypeError} unless the value is a function or not there */
export function checkFunction(name: string, value: unknown): void {
	if (value !== undefined && typeof value !== "function") throw new TypeError(`${name} must be a function`);
}

/**
 * @returns what natives take, which of views are those of single bytes
 * @throws {TypeError} unless the value is an ArrayBuffer or a view of one
 */
export function checkBytes(name: string, value: Bytes): Bytes {
	if (value instanceof ArrayBuffer || value instanceof Uint8Array) return value;
	if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	throw new TypeError(`${name} must be an ArrayBuffer or a view of one`);
}

/** The same of what may be text, or lie in flash. @throws {TypeError} it is neither, nor bytes */
export function checkData<T extends string | Bytes | HostBuffer>(name: string, value: T): string | Bytes | HostBuffer {
	if (typeof value === "string") return value;
	if (ArrayBuffer.isView(value)) return checkBytes(name, value);
	if (typeof value === "object" && typeof value?.byteLength === "number") return value;
	throw new TypeError(`${name} must be a string, an ArrayBuffer, a view of one or a Resource`);
}

/**
 * @throws {TypeError} not a string
 * @throws {RangeError} not 1 to `most` bytes of UTF-8, or with a NUL or half of a surrogate pair in it
 */
export function checkText(name: string, text: string, most: number): string {
	if (typeof text !== "string") throw new TypeError(`${name} must be a string`);
	const { byteLength } = ArrayBuffer.fromString(text);
	if (byteLength >= 1 && byteLength <= most && isPlainText(text)) return text;
	throw new RangeError(`${name} ${JSON.stringify(text)} is not 1 to ${most} bytes of text without NUL`);
}

/**
 * @throws {TypeError} not a string
 * @throws {RangeError} longer than 255 bytes (RFC 1035 §2.3.4), or with a NUL or half of a surrogate pair in it
 */
export function checkServername(name: string): string {
	if (typeof name !== "string") throw new TypeError("The server's name must be a string");
	if (isPlainText(name) && ArrayBuffer.fromString(name).byteLength <= MAX_SERVERNAME) return name;
	throw new RangeError(`The server's name is at most ${MAX_SERVERNAME} bytes, none of them NUL`);
}
