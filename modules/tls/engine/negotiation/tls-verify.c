// mbedTLS is told the server's name for its SNI only. What it finds by comparing it with the certificate is replaced
// (tls-host-name.h): it falls back to the common name where there is no subjectAltName, and accepts a URI that reads
// like the name. It would send an address as SNI too, which RFC 6066 §3 forbids, so it is not told addresses.

#include "tls-verify.h"

#include "config/tls-config-state.h"
#include "config/tls-policy-config-internal.h"
#include "port/tls-port-handshake.h"
#include "port/tls-port-session.h"
#include "x509/tls-host-name.h"

static void judge_name(const xstls_state *s, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
	const char *name = xstls_client_server_name(s->client);

	*flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
	if (name && !s->config->trust.ignores_name && !xstls_host_name_matches(certificate, name))
		*flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
}

static void judge_signature(const xstls_config *config, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
	size_t count;
	const uint16_t *allowed = xstls_policy_signatures_of(config, &count);

	if (allowed)
		xstls_trust_judge_signature(&config->trust, allowed, count, certificate, flags);
}

static int on_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	xstls_handshake *h = context;
	xstls_state *s = &h->state;

	// mbedTLS begins at the trusted root, or where the chain ends without one. How that is signed does not matter.
	if (h->saw_root)
		judge_signature(s->config, certificate, flags);
	h->saw_root = true;
	xstls_trust_judge(&s->config->trust, certificate, depth, flags);
	// certificate_expired is for what "has expired or is not currently valid" (RFC 8446 §6.2); mbedTLS sends it for the
	// former only.
	if (*flags & MBEDTLS_X509_BADCERT_FUTURE)
		*flags |= MBEDTLS_X509_BADCERT_EXPIRED;
	if (s->role == TLS_SERVER)
		return 0;
	xstls_client_add_certificate(s->client, certificate);
	if (depth == 0)
		judge_name(s, certificate, flags);
	return 0;
}

int xstls_verify_set_up(xstls_handshake *h)
{
	const char *name;

	mbedtls_ssl_set_verify(h->ssl, on_certificate, h);
	if (h->state.role == TLS_SERVER)
		return 0;
	name = xstls_client_server_name(h->state.client);
	return mbedtls_ssl_set_hostname(h->ssl, name && xstls_host_name_is_dns(name) ? name : NULL);
}

void xstls_verify_before_step(xstls_handshake *h)
{
	if (!xstls_port_is_at_certificate(h->ssl) || h->state.saw_certificate)
		return;
	h->state.saw_certificate = true;
	xstls_port_drop_ticket(h->ssl);
	xstls_client_begin_verification(h->state.client);
}
