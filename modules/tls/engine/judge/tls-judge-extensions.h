// A client judges the extensions by which a server answers: only what was asked for, each where it belongs, and nothing
// twice (RFC 8446 §4.2, RFC 5246 §7.4.1.4).

#ifndef TLS_JUDGE_EXTENSIONS_H
#define TLS_JUDGE_EXTENSIONS_H

#include "hello/tls-hello-reader.h"
#include "state/tls-state.h"

typedef enum {
	TLS_IN_SERVER_HELLO_1_2,
	TLS_IN_SERVER_HELLO_1_3,
	TLS_IN_ENCRYPTED_EXTENSIONS,
} xstls_extensions_place;

// Of the list, without its length. 0 or an mbedTLS error.
int xstls_judge_extensions(const xstls_state *state, xstls_extensions_place place, xstls_reader extensions);
// Those of a Certificate of TLS 1.3, of which `message` is what follows the header: none was asked for. The same.
int xstls_judge_certificate_extensions(xstls_reader message);

#endif
