// The binder of a pre-shared key in a ClientHello: who makes it knows the key (RFC 8446 §4.2.11.2).

#ifndef TLS_BINDER_H
#define TLS_BINDER_H

#include "tls-hmac.h"

typedef struct {
	xstls_hmac_span key;
	psa_algorithm_t hash;
	bool is_resumption; // of a session, else it is no session's
} xstls_binder_key;

// `transcript` is the hash of all up to the binders, and `binder` is as long. False when memory is short.
bool xstls_binder_compute(const xstls_binder_key *key, const uint8_t *transcript, uint8_t *binder);

#endif
