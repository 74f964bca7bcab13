// A bundle of root certificates in the `x509_crt_bundle` format of ESP-IDF 5.x and 6.x (row C2), read in place.
//
// All numbers are little-endian. First, for each of n roots, the offset of its entry from the start, 4 bytes; n is the
// first offset / 4. Then the entries in ascending order of their subjects, compared byte by byte: the length of the
// subject and of the public key, 2 bytes each, the subject (DER Name), the public key (DER SubjectPublicKeyInfo).

#ifndef TLS_BUNDLE_H
#define TLS_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	const uint8_t *data; // NULL for none
	size_t length;
} xstls_bundle;

// One root, in place.
typedef struct {
	const uint8_t *subject;
	size_t subject_length;
	const uint8_t *key;
	size_t key_length;
} xstls_bundle_root;

// Roots in the bundle, 0 when it is no bundle.
size_t xstls_bundle_count(xstls_bundle bundle);
// False when there is no such root or it does not lie within the bundle.
bool xstls_bundle_at(xstls_bundle bundle, size_t index, xstls_bundle_root *root);
// Whether there is a root, and every root is within the bundle and in order.
bool xstls_bundle_is_sound(xstls_bundle bundle);
// The first root with that subject; more with the same one may follow it. The count when there is none.
size_t xstls_bundle_find(xstls_bundle bundle, const uint8_t *subject, size_t length);
// Whether the root has that subject.
bool xstls_bundle_is_named(const xstls_bundle_root *root, const uint8_t *subject, size_t length);

#endif
