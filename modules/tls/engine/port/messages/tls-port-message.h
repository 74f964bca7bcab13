// The messages that mbedTLS reads in a handshake, and the hash of them that both ends must have alike.

#ifndef TLS_PORT_MESSAGE_H
#define TLS_PORT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"
#include "psa/crypto.h"

// The HandshakeType of the message that the next step reads where it is one of those that are judged (tls-judge.h);
// 0 otherwise.
uint8_t xstls_port_next_message(const mbedtls_ssl_context *ssl);
// Over TLS 1.3: reads the next message, which the next step then has. 0 or an mbedTLS error.
int xstls_port_fetch_message(mbedtls_ssl_context *ssl);
// After a step that has read a message of that type, or the above: what follows its header; NULL when it was another.
const uint8_t *xstls_port_message(const mbedtls_ssl_context *ssl, uint8_t type, size_t *length);

// Of a handshake that is under way: IANA's number of the cipher suite, 0 when there is none yet; the peer's
// certificate, NULL when there is none; the session id that was sent, or that came with a ServerHello of TLS 1.2.
int xstls_port_agreed_suite(const mbedtls_ssl_context *ssl);
const mbedtls_x509_crt *xstls_port_peer_certificate(const mbedtls_ssl_context *ssl);
const uint8_t *xstls_port_session_id(const mbedtls_ssl_context *ssl, size_t *length);

// Where mbedTLS has read or written other messages than those that came and went: has the hash of the handshake begin
// with this one, header included, or go on with it. 0 or an mbedTLS error.
int xstls_port_begin_transcript(mbedtls_ssl_context *ssl, const uint8_t *message, size_t length);
int xstls_port_add_to_transcript(mbedtls_ssl_context *ssl, const uint8_t *message, size_t length);
// That hash as it is now, over TLS 1.3: `hash` is SHA-256 or SHA-384, that of the suite. 0 or an mbedTLS error.
int xstls_port_transcript(mbedtls_ssl_context *ssl, psa_algorithm_t hash, uint8_t *into, size_t room, size_t *length);

#endif
