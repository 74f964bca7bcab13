// A client judges the ServerHello.

#ifndef TLS_JUDGE_HELLO_H
#define TLS_JUDGE_HELLO_H

#include "mbedtls/ssl.h"

#include "hello/tls-hello-reader.h"
#include "state/tls-state.h"

// `message` is what follows the header. 0 or an mbedTLS error. Of TLS 1.2, once mbedTLS has taken it; of TLS 1.3, before
// mbedTLS has, which takes extensions twice.
int xstls_judge_server_hello(const xstls_state *state, const mbedtls_ssl_context *ssl, xstls_reader message);
int xstls_judge_server_hello_1_3(const xstls_state *state, xstls_reader message);

#endif
