// Verification without a connection (row D6).

#include "tls-trust-private.h"

#include "mbedtls/x509_crt.h"

#include "tls-alloc.h"
#include "tls-failure.h"

typedef struct {
	const tls_config *config;
	int depth;
} verification;

// Called from the root down, so the last to fail is the one next to the peer.
static int on_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	verification *v = context;

	tls_trust_judge(v->config, certificate, depth, flags);
	if (*flags)
		v->depth = depth;
	return 0;
}

tls_chain_verdict tls_config_verify_chain(tls_config *config, const uint8_t *chain, size_t length)
{
	tls_chain_verdict verdict = {.depth = -1};
	verification v = {.config = config, .depth = -1};
	mbedtls_x509_crt parsed;

	tls_alloc_clear_failure();
	mbedtls_x509_crt_init(&parsed);
	verdict.code = tls_config_parse_certificates(config, &parsed, chain, length, TLS_E_CERTIFICATE_INVALID);
	if (verdict.code == TLS_E_NONE) {
		mbedtls_x509_crt_verify_with_ca_cb(&parsed, tls_trust_find_issuers, config, &mbedtls_x509_crt_profile_default,
		                                   NULL, &verdict.verify_flags, on_certificate, &v);
		verdict.depth = v.depth;
		verdict.code = tls_alloc_has_failed() ? TLS_E_MEMORY : tls_failure_of_chain(verdict.verify_flags);
	}
	mbedtls_x509_crt_free(&parsed);
	return verdict;
}
