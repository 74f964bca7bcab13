// RSASSA-PSS in a CertificateVerify of TLS 1.3: the salt is as long as the hash (RFC 8446 §4.2.3), and mbedTLS takes
// any length. So the signature is verified once more, by PSA, which holds to that.

#ifndef TLS_JUDGE_SALT_H
#define TLS_JUDGE_SALT_H

#include <stddef.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

enum { TLS_TRANSCRIPT_MOST = 48 };

// The hash of the handshake before that message, which mbedTLS adds to it as it reads. Empty for any other message, and
// where the peer's key is not RSA, or longer than PSA takes (4,096 bits).
typedef struct {
	uint8_t hash[TLS_TRANSCRIPT_MOST];
	size_t length;
} xstls_transcript;

// Before the step that reads a message of that type (xstls_port_next_message). 0 or an mbedTLS error.
int xstls_salt_before_step(mbedtls_ssl_context *ssl, uint8_t type, xstls_transcript *transcript);
// After that step: 0, or the error to end the handshake with.
int xstls_salt_judge(const mbedtls_ssl_context *ssl, uint8_t type, const xstls_transcript *transcript);

#endif
