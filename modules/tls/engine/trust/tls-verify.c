// The name of a server (RFC 9525), by the rule of verify-hostname.ts (a test holds them against each other).
//
// - mbedTLS is told the name for its SNI alone. Its own comparison falls back to the common name where a certificate
// has
//   no subjectAltName, and takes a URI that reads like the name; what it finds is put aside.
// - It would send as SNI whatever it is told, and RFC 6066 §3 forbids addresses; so it is told names of hosts alone.

#include "tls-verify.h"

#include <string.h>

#include "handshake/tls-client-session-private.h"
#include "tls-trust-private.h"

enum {
	MAX_ADDRESS = 16,
	TAG_DNS_NAME = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 2, // of a GeneralName (RFC 5280 §4.2.1.6)
	TAG_IP_ADDRESS = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7,
};

static uint8_t to_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool is_alike(const uint8_t *bytes, size_t length, const char *name)
{
	if (strlen(name) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (to_lower(bytes[i]) != to_lower((uint8_t)name[i]))
			return false;
	return true;
}

// Labels of printable ASCII, none of them empty, and no wildcard among them.
static bool is_host_name(const char *name)
{
	char before = '.';

	for (; *name; before = *name++)
		if (*name <= ' ' || *name > '~' || *name == '*' || (*name == '.' && before == '.'))
			return false;
	return before != '.';
}

// A `*` as the whole left-most label stands for exactly one label.
static bool matches_dns_name(const mbedtls_x509_buf *presented, const char *name)
{
	const char *rest = strchr(name, '.');

	if (is_alike(presented->p, presented->len, name))
		return true;
	return rest && presented->len > 2 && presented->p[0] == '*' && is_alike(presented->p + 1, presented->len - 1, rest);
}

static bool is_for(const mbedtls_x509_crt *certificate, const char *server)
{
	uint8_t address[MAX_ADDRESS];
	size_t length = mbedtls_x509_crt_parse_cn_inet_pton(server, address);
	const mbedtls_x509_sequence *name = &certificate->subject_alt_names;

	if (length == 0 && !is_host_name(server))
		return false;
	for (; name && name->buf.p; name = name->next) {
		if (length == 0 && name->buf.tag == TAG_DNS_NAME && matches_dns_name(&name->buf, server))
			return true;
		if (length && name->buf.tag == TAG_IP_ADDRESS && name->buf.len == length &&
		    memcmp(name->buf.p, address, length) == 0)
			return true;
	}
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

	*flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
	if (name && !s->config->trust.ignores_name && !is_for(certificate, name))
		*flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
}

static int on_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	tls_session *s = context;

	// The first to come is the trusted root, or one that leads to none.
	if (s->saw_root)
		tls_trust_judge_signature(s->config, certificate, flags);
	s->saw_root = true;
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

	mbedtls_ssl_set_verify(s->ssl, on_certificate, s);
	if (s->role == TLS_SERVER)
		return 0;
	name = server_name(s);
	if (name && (mbedtls_x509_crt_parse_cn_inet_pton(name, address) || !is_host_name(name)))
		name = NULL;
	return mbedtls_ssl_set_hostname(s->ssl, name);
}
