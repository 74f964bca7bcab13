// Members of a handshake for which mbedTLS has no accessor: the next message, alerts, keys and sequence numbers, and
// the ServerKeyExchange with a psk_identity_hint.

#ifndef TLS_PORT_HANDSHAKE_H
#define TLS_PORT_HANDSHAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

// The description of the fatal alert that mbedTLS has just reported as received.
uint8_t xstls_port_received_alert(const mbedtls_ssl_context *ssl);
// The description of the fatal alert that mbedTLS has sent, or wanted to send, over TLS 1.3; TLS_ALERT_NONE when there
// was none.
uint8_t xstls_port_chosen_alert(const mbedtls_ssl_context *ssl);

// A TLS 1.3 server writes with its application keys once its Finished is out (RFC 8446 §4.4.4). mbedTLS changes keys
// only when the handshake is over, so the client could not read an alert about its certificate. Call it after a step.
// 0 or an mbedTLS error.
int xstls_port_change_server_keys(mbedtls_ssl_context *ssl);

// A TLS 1.3 client writes with its handshake keys from the ServerHello on (RFC 8446 §7.1). mbedTLS changes keys when it
// has read the server's Finished, so the server could not read an alert about its certificate. Call the one before each
// step, for a change_cipher_spec is not encrypted, and the other after it.
void xstls_port_before_client_step(mbedtls_ssl_context *ssl);
void xstls_port_change_client_keys(mbedtls_ssl_context *ssl);

// Whether what mbedTLS writes is encrypted with the keys for application data, over TLS 1.3.
bool xstls_port_writes_application_data(const mbedtls_ssl_context *ssl);

// Whether the next step of the handshake is that of the server's, or of the client's, Certificate.
bool xstls_port_is_at_certificate(const mbedtls_ssl_context *ssl);
bool xstls_port_is_at_client_certificate(const mbedtls_ssl_context *ssl);
// Whether the next step checks that the peer has its keys: the client's CertificateVerify, or Finished.
bool xstls_port_is_at_proof(const mbedtls_ssl_context *ssl);

// Whether the next step makes the secret of a TLS 1.2 handshake with the peer's share.
bool xstls_port_is_at_key_agreement(const mbedtls_ssl_context *ssl);
bool xstls_port_is_at_server_key_exchange(const mbedtls_ssl_context *ssl);
// Client, after that step: the ServerKeyExchange of a suite with a pre-shared key, without its header; NULL when there
// was none.
const uint8_t *xstls_port_psk_key_exchange(const mbedtls_ssl_context *ssl, size_t *length);
// Server: whether the next step would leave ServerKeyExchange out, since a suite with a pre-shared key alone needs
// none.
bool xstls_port_needs_no_key_exchange(const mbedtls_ssl_context *ssl);
// Writes that message; `content` is what follows its header. 0 or an mbedTLS error.
int xstls_port_write_key_exchange(mbedtls_ssl_context *ssl, const uint8_t *content, size_t length);

// Client: whether the next step reads a ServerHello.
bool xstls_port_is_at_server_hello(const mbedtls_ssl_context *ssl);
// The handshake message that the last step has read, with its header.
const uint8_t *xstls_port_read_message(const mbedtls_ssl_context *ssl, size_t *length);
// Changes bytes of the message that is being read.
void xstls_port_put_in_message(mbedtls_ssl_context *ssl, size_t at, const uint8_t *bytes, size_t count);
// Server: whether the next step reads a ClientHello.
bool xstls_port_is_at_client_hello(const mbedtls_ssl_context *ssl);
// IANA's number of the cipher suite that a handshake has come to agree on.
int xstls_port_negotiated_suite(const mbedtls_ssl_context *ssl);
// At its own Certificate: writes that message, of which `body` is what follows the header, in as many records as it
// takes. The next step is the one after it. 0 or an mbedTLS error.
int xstls_port_send_chain(mbedtls_ssl_context *ssl, const uint8_t *body, size_t length);
// Whether the suite of a TLS 1.2 handshake has the server authenticated by an ECDSA certificate, and by a certificate.
bool xstls_port_wants_ecdsa(const mbedtls_ssl_context *ssl);
bool xstls_port_wants_certificate(const mbedtls_ssl_context *ssl);
// Of a handshake that is over: IANA's number of the cipher suite.
int xstls_port_suite(const mbedtls_ssl_context *ssl);
// The sequence numbers of the next records under the current keys.
uint64_t xstls_port_sequence_in(const mbedtls_ssl_context *ssl);
uint64_t xstls_port_sequence_out(const mbedtls_ssl_context *ssl);

#endif
