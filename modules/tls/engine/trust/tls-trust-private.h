// What the configuration and the session ask of the trust file, in mbedTLS's terms.

#ifndef TLS_TRUST_PRIVATE_H
#define TLS_TRUST_PRIVATE_H

#include "mbedtls/ssl.h"

#include "config/tls-config-private.h"

// Tells `ssl` where to look for a peer's issuer.
void tls_trust_apply(tls_config *config, mbedtls_ssl_config *ssl);
void tls_trust_free(tls_trust *trust);
// mbedTLS's callback: the trusted certificates that may have issued `child`. The caller frees them.
int tls_trust_find_issuers(void *config, const mbedtls_x509_crt *child, mbedtls_x509_crt **issuers);
// Adds BADCERT_BAD_PK to the flags of a certificate whose signature is by an algorithm that is not allowed.
void tls_trust_judge_signature(const tls_config *config, const mbedtls_x509_crt *certificate, uint32_t *flags);
// Whether dates count: not while a clock is not set that may be so.
bool tls_trust_counts_dates(const tls_config *config);
// Takes out of a certificate's flags what does not count by this configuration, and puts in what it wants besides.
void tls_trust_judge(const tls_config *config, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags);

#endif
