// A server whose client's ClientHello was rewritten for mbedTLS: the binders in it are hashes of the message that came
// (RFC 8446 §4.2.11.2), and mbedTLS compares them with those of the one that it has read. So it is given another binder,
// where the client's is right.

#ifndef TLS_BINDERS_H
#define TLS_BINDERS_H

#include "record/tls-binder.h"
#include "tls-handshake-state.h"

// Where a binder stands in either message; all zero where nothing is to be done.
typedef struct {
	xstls_hello_span came, read;
	size_t came_truncated, read_truncated;
} xstls_binder_place;

// From mbedTLS's callbacks for tickets and pre-shared keys.
xstls_binder_place xstls_binders_find(const xstls_handshake *handshake, const uint8_t *identity, size_t length);
// With the key that the identity stands for. Where memory is short the binder stays, and mbedTLS refuses it.
void xstls_binders_renew(const xstls_handshake *handshake, const xstls_binder_place *place,
                         const xstls_binder_key *key);

#endif
