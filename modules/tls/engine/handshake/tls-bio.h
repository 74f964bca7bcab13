// mbedTLS's input and output (its BIO). Neither blocks: input comes from the bytes that are being fed, output goes to
// the outbox, so mbedTLS never wants to write.

#ifndef TLS_BIO_H
#define TLS_BIO_H

#include "negotiation/tls-handshake-state.h"

void xstls_bio_set_up(xstls_handshake *handshake);
// Over TLS 1.3: whether the last record was an alert in the clear though there are keys; `*description` is its
// AlertDescription. OpenSSL's client does not encrypt its alerts until it has sent its first flight.
bool xstls_bio_came_plain_alert(const xstls_handshake *handshake, uint8_t *description);

#endif
