/**
 * Random bytes that nobody can guess, from the source that TLS has its secrets from.
 * @param count 0 to 1024.
 * @throws {RangeError} for another count. @throws {Error} when there is no randomness to be had.
 */
export function randomBytes(this: unknown, count: number): ArrayBuffer {
	return native("xs_tls_random").call(this, count);
}
