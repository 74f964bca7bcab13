// Judges whether the peer's key suits what it is used for.

#ifndef TLS_JUDGE_KEY_H
#define TLS_JUDGE_KEY_H

#include "mbedtls/ssl.h"

#include "config/tls-config-types.h"
#include "hello/tls-hello-reader.h"

// A client of TLS 1.2, once it has the server's certificate. 0 or an mbedTLS error.
int xstls_judge_certificate(const xstls_config *config, const mbedtls_ssl_context *ssl);
// Either end of TLS 1.3, before the peer's CertificateVerify is verified, of which `message` is what follows the
// header. The same.
int xstls_judge_proof(const xstls_config *config, const mbedtls_ssl_context *ssl, xstls_reader message);

#endif
