// A client and the HelloRetryRequest (RFC 8446 §4.1.4), which comes in the clear before all else. mbedTLS refuses one
// with a cookie, answers one that asks for nothing, and offers pre-shared keys again that do not suit its suite.
//
// So the first record of a server is read here before mbedTLS has it. It gets the request without the cookie, its
// second ClientHello goes out with the cookie, and the hash of the handshake is put right by what came and went. The
// binder is made anew, for mbedTLS's is of another message.

#ifndef TLS_RETRY_H
#define TLS_RETRY_H

#include "tls-handshake-state.h"

// Client, once mbedTLS is set up. False when memory is short.
bool xstls_retry_expect(xstls_handshake *handshake);

// Whether input goes through xstls_retry_feed still.
bool xstls_retry_is_expected(const xstls_handshake *handshake);
// Takes input; returns how much. `*record` is what mbedTLS is to have then, if anything; once it has had that and
// answered, nothing more is expected (xstls_handshake_free_retry). `*result` is 0 or an mbedTLS error.
size_t xstls_retry_feed(xstls_handshake *handshake, const uint8_t *ciphertext, size_t length,
                        xstls_handshake_span *record, int *result);
// Whether it has taken some and given nothing yet.
bool xstls_retry_has_begun(const xstls_handshake *handshake);

// A record that is about to be sent, and may be a ClientHello: `*record` is the one to send in its place. False when
// memory is short.
bool xstls_retry_send(xstls_handshake *handshake, xstls_handshake_span *record);

#endif
