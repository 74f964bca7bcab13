// Checks of what a caller passes: a value of the wrong type is refused, not converted.

import type { Bytes } from "../../io";
import { isPlainText } from "./text";

/** Bytes of a name of a host (RFC 1035 §2.3.4). */
const MAX_SERVERNAME = 255;

/** @throws {RangeError} unless the value is an integer from `low` to `high` */
export const checkInteger = (name: string, value: number, low: number, high: number): number => {
	if (Number.isInteger(value) && value >= low && value <= high) return value;
	throw new RangeError(`${name} is ${value}: it must be a whole number from ${low} to ${high}`);
};

/** @throws {TypeError} unless the value is `true` or `false` */
export const checkBoolean = (name: string, value: boolean): boolean => {
	if (typeof value === "boolean") return value;
	throw new TypeError(`${name} is ${value === null ? "null" : `a ${typeof value}`}: it must be true or false`);
};

/** @throws {TypeError} unless the value is an array; a string is not one, although it is iterable */
export const checkArray = <T>(name: string, value: readonly T[]): readonly T[] => {
	if (Array.isArray(value)) return value;
	throw new TypeError(`${name} must be an array`);
};

/** @throws {TypeError} unless the value is a function or `undefined` */
export const checkFunction = (name: string, value: unknown): void => {
	if (value !== undefined && typeof value !== "function") throw new TypeError(`${name} must be a function`);
};

/**
 * @returns the same bytes as an ArrayBuffer or a Uint8Array: the natives take no other views
 * @throws {TypeError} unless the value is an ArrayBuffer or a view of one
 */
export const checkBytes = (name: string, value: Bytes): Bytes => {
	if (value instanceof ArrayBuffer || value instanceof Uint8Array) return value;
	if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	throw new TypeError(`${name} must be an ArrayBuffer or a view of one`);
};

/** Like `checkBytes`, but takes text and host buffers (flash) too. @throws {TypeError} any other value */
export const checkData = <T extends string | Bytes | HostBuffer>(
	name: string,
	value: T
): string | Bytes | HostBuffer => {
	if (typeof value === "string") return value;
	if (ArrayBuffer.isView(value)) return checkBytes(name, value);
	if (typeof value === "object" && typeof value?.byteLength === "number") return value;
	throw new TypeError(`${name} must be a string, an ArrayBuffer, a view of one or a Resource`);
};

/**
 * @throws {TypeError} not a string
 * @throws {RangeError} not 1 to `most` bytes of UTF-8, or with a NUL or a lone surrogate in it
 */
export const checkText = (name: string, text: string, most: number): string => {
	if (typeof text !== "string") throw new TypeError(`${name} must be a string`);
	const { byteLength } = ArrayBuffer.fromString(text);
	if (byteLength >= 1 && byteLength <= most && isPlainText(text)) return text;
	throw new RangeError(`${name} ${JSON.stringify(text)} is not 1 to ${most} bytes of text without NUL`);
};

/**
 * @throws {TypeError} not a string
 * @throws {RangeError} longer than 255 bytes (RFC 1035 §2.3.4), or with a NUL or a lone surrogate in it
 */
export const checkServername = (name: string): string => {
	if (typeof name !== "string") throw new TypeError("The server's name must be a string");
	if (isPlainText(name) && ArrayBuffer.fromString(name).byteLength <= MAX_SERVERNAME) return name;
	throw new RangeError(`The server's name is at most ${MAX_SERVERNAME} bytes, none of them NUL`);
};
