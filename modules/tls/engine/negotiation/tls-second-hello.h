// A server and the second ClientHello, by which a client answers a HelloRetryRequest (RFC 8446 §4.1.2): it is collected,
// judged and, where the first one was, rewritten as that was.

#ifndef TLS_SECOND_HELLO_H
#define TLS_SECOND_HELLO_H

#include "tls-handshake-state.h"

// Server, once mbedTLS is set up, with the first ClientHello of TLS 1.3. False when it cannot be computed.
bool xstls_second_hello_expect(xstls_handshake *handshake);
// Whether a byte of input is the first of that message, or one within it.
bool xstls_second_hello_begins(const xstls_handshake *handshake, uint8_t byte);
// What is to be refused in it: TLS_E_NONE, ILLEGAL_PARAMETER or MEMORY.
xstls_error xstls_second_hello_judge(const xstls_handshake *handshake);

// Once mbedTLS has read a ClientHello that was rewritten: the hash of the handshake becomes that of the messages that
// came and went. 0 or an mbedTLS error.
int xstls_second_hello_put_right(xstls_handshake *handshake);
// Adds to a hash what came before a second ClientHello that is rewritten; nothing for a first one.
bool xstls_second_hello_hash_first(const xstls_handshake *handshake, psa_hash_operation_t *hash);
// A record that is about to be sent and may be the request. False when memory is short.
bool xstls_second_hello_note_request(xstls_handshake *handshake, const uint8_t *record, size_t length);

#endif
