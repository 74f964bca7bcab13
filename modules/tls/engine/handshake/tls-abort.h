// Ends a handshake and sees to it that the peer is told: some paths of mbedTLS send the alert and some do not.

#ifndef TLS_ABORT_H
#define TLS_ABORT_H

#include "tls-handshake-state.h"

// For an error that mbedTLS has returned.
void tls_abort(tls_handshake *handshake, int library);
// Before any record is encrypted, or without mbedTLS.
void tls_abort_in_clear(tls_handshake *handshake, tls_error code, uint8_t alert);

#endif
