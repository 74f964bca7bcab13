// The name of a server (RFC 9525).
//
// - mbedTLS compares DNS names. It falls back to the subject's common name where a certificate has no subjectAltName;
//   that is undone here.
// - It would send an IP address as SNI, which RFC 6066 §3 forbids; so it is not told an address, and the iPAddress is
//   compared here.

#include "tls-verify.h"

#include <string.h>

#include "tls-client-session-private.h"
#include "tls-trust-private.h"

enum {
	MAX_ADDRESS = 16,
	TAG_IP_ADDRESS = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7, // of a GeneralName (RFC 5280 §4.2.1.6)
};

static bool has_address(const mbedtls_x509_crt *certificate, const uint8_t *address, size_t length)
{
	const mbedtls_x509_sequence *name = &certificate->subject_alt_names;

	for (; name; name = name->next)
		if (name->buf.tag == TAG_IP_ADDRESS && name->buf.len == length && memcmp(name->buf.p, address, length) == 0)
			return true;
	return false;
}

// NULL when none was given.
static const char *server_name(const tls_session *s)
{
	return s->client->is_named ? s->client->name : NULL;
}

static void judge_name(const tls_session *s, const mbedtls_x509_crt *certificate, uint32_t *flags)
{
	const char *name = server_name(s);
	uint8_t address[MAX_ADDRESS];
	size_t length;

	if (s->config->trust.ignores_name) {
		*flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
		return;
	}
	if (!name)
		return;
	length = mbedtls_x509_crt_parse_cn_inet_pton(name, address);
	if (length ? !has_address(certificate, address, length) : !certificate->subject_alt_names.buf.p)
		*flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
}

static int on_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	tls_session *s = context;

	tls_trust_judge(s->config, certificate, depth, flags);
	// certificate_expired is for what "has expired or is not currently valid" (RFC 8446 §6.2): mbedTLS knows the first.
	if (*flags & MBEDTLS_X509_BADCERT_FUTURE)
		*flags |= MBEDTLS_X509_BADCERT_EXPIRED;
	if (s->role == TLS_SERVER)
		return 0;
	tls_client_session_verified(s, certificate);
	if (depth == 0)
		judge_name(s, certificate, flags);
	return 0;
}

int tls_verify_set_up(tls_session *s)
{
	uint8_t address[MAX_ADDRESS];
	const char *name;

	mbedtls_ssl_set_verify(&s->ssl, on_certificate, s);
	if (s->role == TLS_SERVER)
		return 0;
	name = server_name(s);
	if (name && mbedtls_x509_crt_parse_cn_inet_pton(name, address))
		name = NULL;
	return mbedtls_ssl_set_hostname(&s->ssl, name);
}
