// Verifies a chain of certificates without a connection (row D6).

#ifndef TLS_CHAIN_H
#define TLS_CHAIN_H

#include <stdint.h>

#include "port/tls-error.h"

struct mbedtls_x509_crt;
struct xstls_trust;

typedef struct {
	xstls_error code;      // TLS_E_NONE when it is good
	uint32_t verify_flags; // MBEDTLS_X509_BADCERT_*
	int depth;             // of the certificate that failed, 0 is the first; -1 when none did
} xstls_chain_verdict;

// The use for which a certificate is checked (RFC 5280 §4.2.1.3 and §4.2.1.12).
typedef enum {
	TLS_USAGE_ANY = 0,
	TLS_USAGE_SERVER = 1,
	TLS_USAGE_CLIENT = 2,
} xstls_usage;

// The peer's own certificate is the first, the others may have any order, and are put in order. Names are not compared.
xstls_chain_verdict xstls_chain_verify(struct xstls_trust *trust, struct mbedtls_x509_crt *chain, xstls_usage usage);

#endif
