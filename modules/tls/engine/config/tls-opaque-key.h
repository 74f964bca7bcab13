// A private key that PSA holds (row B9): in a secure element or a peripheral it never leaves, or in storage that lets
// nobody export it.

#ifndef TLS_OPAQUE_KEY_H
#define TLS_OPAQUE_KEY_H

#include "tls-config-private.h"

// Makes `id` the key of an identity whose chain has been parsed. It signs once, to be sure that it may and that it
// belongs to the certificate. KEY_NOT_FOUND, KEY_NOT_USABLE, KEY_MISMATCH or MEMORY. The key stays its owner's.
tls_error tls_opaque_key_open(tls_config *config, tls_identity *identity, uint32_t id);

#endif
