// Private keys that PSA holds, as a secure element does (host-tests/desk/tls/psa-key.c).

/** Takes a private key in PEM or DER; its id, 0 when it is none. It cannot be had back, and signs only if `maySign`. */
export function keepKey(key, maySign = true) {
	return native("xs_desk_psa_keep").call(undefined, key, maySign);
}

/** Whether there was one. */
export function destroyKey(id) {
	return native("xs_desk_psa_destroy").call(undefined, id);
}

export function canExportKey(id) {
	return native("xs_desk_psa_can_export").call(undefined, id);
}
