/**
 * Cryptographically secure random bytes, from the generator that TLS takes its secrets from.
 * @param count 0 to 1024
 * @throws {RangeError} another count
 * @throws {Error} the generator has failed
 */
export function randomBytes(this: unknown, count: number): ArrayBuffer {
	return native("xs_xstls_random").call(this, count);
}
