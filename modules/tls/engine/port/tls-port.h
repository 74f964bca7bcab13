// What differs between mbedTLS 3.6 and 4.x and between platforms. Nothing else in the project looks at a version.

#ifndef TLS_PORT_H
#define TLS_PORT_H

#include <stddef.h>
#include <stdint.h>

#include "mbedtls/pk.h"
#include "mbedtls/ssl.h"
#include "psa/crypto.h"

#include "tls-error.h"

// Starts the crypto core once; further calls cost nothing. False when there is no randomness to be had.
bool tls_port_start(void);

// Gives `conf` its source of randomness, where the version wants one.
void tls_port_conf_random(mbedtls_ssl_config *conf);

// Parses a private key: DER, or PEM with its terminating NUL counted in `length`. 0 or an mbedTLS error.
int tls_port_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length);

// Makes a key that PSA holds the private half of `key`, which does not own it. 0 or an mbedTLS error.
int tls_port_set_opaque_key(mbedtls_pk_context *key, mbedtls_svc_key_id_t id);

// The variant of ECDSA that TLS asks a key for that PSA holds.
psa_algorithm_t tls_port_ecdsa(psa_algorithm_t hash);

// 0 when `private_key` belongs to `public_key`.
int tls_port_check_pair(mbedtls_pk_context *public_key, mbedtls_pk_context *private_key);

// IANA number of the curve of an EC key, 0 when it is none or one without a number here.
uint16_t tls_port_key_group(const mbedtls_pk_context *key);

// IANA number of the algorithm that a certificate is signed by, 0 when it has none here. For ECDSA it says the hash
// alone, as in TLS 1.2 (RFC 8446 §4.2.3): the curve is the issuer's.
uint16_t tls_port_signature(const mbedtls_x509_crt *certificate);

// The alert description of a fatal alert that mbedTLS has just reported.
uint8_t tls_port_received_alert(const mbedtls_ssl_context *ssl);

// The description of the fatal alert that mbedTLS has sent over TLS 1.3; TLS_ALERT_NONE when there was none.
uint8_t tls_port_sent_alert(const mbedtls_ssl_context *ssl);

// Seconds since 1970 by the system's clock, set or not; INT64_MAX where there is none.
int64_t tls_port_clock(void);

// Milliseconds since 1970, by a clock that a restart does not turn back where the platform has one.
uint64_t tls_port_now(void);

// A TLS 1.3 server writes with its application keys once its Finished is out (RFC 8446 §4.4.4); mbedTLS changes them
// only when the handshake is over, so that the client cannot read an alert about its certificate. Call it after a step.
void tls_port_change_server_keys(mbedtls_ssl_context *ssl);
// Whether the next step of the handshake is that of the server's certificate.
bool tls_port_is_at_certificate(const mbedtls_ssl_context *ssl);
bool tls_port_is_at_client_certificate(const mbedtls_ssl_context *ssl);
// Whether the step is one that ends well only if the peer has the keys: a client's signature, or Finished.
bool tls_port_is_at_proof(const mbedtls_ssl_context *ssl);

bool tls_port_is_at_server_key_exchange(const mbedtls_ssl_context *ssl);
// Of a client that has just read it: the ServerKeyExchange that is for a pre-shared key, without its header; NULL when
// there was none.
const uint8_t *tls_port_psk_key_exchange(const mbedtls_ssl_context *ssl, size_t *length);
// Of a server that is about to pass over its ServerKeyExchange, since a pre-shared key alone needs none.
bool tls_port_needs_no_key_exchange(const mbedtls_ssl_context *ssl);
// Writes that message; `content` is what follows its header. 0 or an mbedTLS error.
int tls_port_write_key_exchange(mbedtls_ssl_context *ssl, const uint8_t *content, size_t length);

// IANA number of the suite of a handshake that is over.
int tls_port_suite(const mbedtls_ssl_context *ssl);
// The numbers of the next records under the keys in use.
uint64_t tls_port_sequence_in(const mbedtls_ssl_context *ssl);
uint64_t tls_port_sequence_out(const mbedtls_ssl_context *ssl);

// True when `library` means that memory ran out.
bool tls_port_is_out_of_memory(int library);

#endif
