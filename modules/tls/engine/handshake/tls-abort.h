// Ends a handshake and sees to it that the peer is told: some paths of mbedTLS send the alert and some do not.

#ifndef TLS_ABORT_H
#define TLS_ABORT_H

#include "negotiation/tls-handshake-state.h"

// For an error that mbedTLS has returned.
void xstls_abort(xstls_handshake *handshake, int library);
// Before any record is encrypted, or without mbedTLS.
void xstls_abort_in_clear(xstls_handshake *handshake, xstls_error code, uint8_t alert);

#endif
