#include "tls-chain.h"

#include <string.h>

#include "mbedtls/x509_crt.h"

#include "port/tls-alloc.h"
#include "tls-trust.h"
#include "x509/tls-verify-flags.h"

typedef struct {
	const xstls_trust *trust;
	xstls_usage usage;
	int depth;
} verification;

static void judge_usage(const mbedtls_x509_crt *certificate, xstls_usage usage, uint32_t *flags)
{
	// id-kp-serverAuth and id-kp-clientAuth (RFC 5280 §4.2.1.12).
	static const char server[] = "\x2b\x06\x01\x05\x05\x07\x03\x01", client[] = "\x2b\x06\x01\x05\x05\x07\x03\x02";
	const char *purpose = usage == TLS_USAGE_SERVER ? server : client;

	if (usage == TLS_USAGE_ANY)
		return;
	if (mbedtls_x509_crt_check_key_usage(certificate, MBEDTLS_X509_KU_DIGITAL_SIGNATURE))
		*flags |= MBEDTLS_X509_BADCERT_KEY_USAGE;
	if (mbedtls_x509_crt_check_extended_key_usage(certificate, purpose, sizeof(server) - 1))
		*flags |= MBEDTLS_X509_BADCERT_EXT_KEY_USAGE;
}

// Called from the root down, so the last to fail is the one next to the peer.
static int on_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	verification *v = context;

	xstls_trust_judge(v->trust, certificate, depth, flags);
	if (depth == 0)
		judge_usage(certificate, v->usage, flags);
	if (*flags)
		v->depth = depth;
	return 0;
}

static bool is_issuer(const mbedtls_x509_crt *issuer, const mbedtls_x509_crt *certificate)
{
	return issuer->subject_raw.len == certificate->issuer_raw.len &&
	       memcmp(issuer->subject_raw.p, certificate->issuer_raw.p, issuer->subject_raw.len) == 0;
}

// Puts each issuer behind the certificate that it has signed, for mbedTLS looks for issuers in this order only. What
// belongs to no chain stays at the end.
static void put_in_order(mbedtls_x509_crt *leaf)
{
	mbedtls_x509_crt *last = leaf;

	for (const mbedtls_x509_crt *certificate = leaf;; certificate = certificate->next) {
		for (mbedtls_x509_crt **link = &last->next; *link;) {
			mbedtls_x509_crt *found = *link;

			if (!is_issuer(found, certificate)) {
				link = &found->next;
				continue;
			}
			*link = found->next;
			found->next = last->next;
			last->next = found;
			// What stood behind `last` stands behind `found` now.
			if (link == &last->next)
				link = &found->next;
			last = found;
		}
		if (certificate == last)
			return;
	}
}

xstls_chain_verdict xstls_chain_verify(xstls_trust *trust, mbedtls_x509_crt *chain, xstls_usage usage)
{
	xstls_chain_verdict verdict = {.code = TLS_E_NONE};
	verification v = {.trust = trust, .usage = usage, .depth = -1};

	xstls_alloc_clear_failure();
	put_in_order(chain);
	mbedtls_x509_crt_verify_with_ca_cb(chain, xstls_trust_find_issuers, trust, &mbedtls_x509_crt_profile_default, NULL,
	                                   &verdict.verify_flags, on_certificate, &v);
	verdict.depth = v.depth;
	verdict.code = xstls_alloc_has_failed() ? TLS_E_MEMORY : xstls_verify_flags_code(verdict.verify_flags);
	return verdict;
}
