// A client judges the ServerHello of TLS 1.2. Of TLS 1.3, mbedTLS refuses what has to be refused.

#ifndef TLS_JUDGE_HELLO_H
#define TLS_JUDGE_HELLO_H

#include "mbedtls/ssl.h"

#include "hello/tls-hello-reader.h"
#include "state/tls-state.h"

// `message` is what follows the header. 0 or an mbedTLS error.
int xstls_judge_server_hello(const xstls_state *state, const mbedtls_ssl_context *ssl, xstls_reader message);

#endif
