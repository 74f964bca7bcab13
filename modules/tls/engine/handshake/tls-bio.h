// mbedTLS's input and output (its BIO). Neither blocks: input comes from the bytes that are being fed, output goes to
// the outbox, so mbedTLS never wants to write.

#ifndef TLS_BIO_H
#define TLS_BIO_H

#include "negotiation/tls-handshake-state.h"

void xstls_bio_set_up(xstls_handshake *handshake);

#endif
