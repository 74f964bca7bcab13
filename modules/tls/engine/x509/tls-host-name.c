#include "tls-host-name.h"

#include <stdint.h>
#include <string.h>

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

static bool are_labels(const char *name)
{
	char before = '.';

	for (; *name; before = *name++)
		if (*name <= ' ' || *name > '~' || *name == '*' || (*name == '.' && before == '.'))
			return false;
	return before != '.';
}

// RFC 9525 §6.3: a `*` as the whole left-most label stands for exactly one label.
static bool matches_dns_name(const mbedtls_x509_buf *presented, const char *name)
{
	const char *rest = strchr(name, '.');

	if (is_alike(presented->p, presented->len, name))
		return true;
	return rest && presented->len > 2 && presented->p[0] == '*' && is_alike(presented->p + 1, presented->len - 1, rest);
}

bool xstls_host_name_is_dns(const char *name)
{
	uint8_t address[MAX_ADDRESS];

	return mbedtls_x509_crt_parse_cn_inet_pton(name, address) == 0 && are_labels(name);
}

bool xstls_host_name_matches(const mbedtls_x509_crt *certificate, const char *name)
{
	uint8_t address[MAX_ADDRESS];
	size_t length = mbedtls_x509_crt_parse_cn_inet_pton(name, address);
	const mbedtls_x509_sequence *at = &certificate->subject_alt_names;

	if (length == 0 && !are_labels(name))
		return false;
	for (; at && at->buf.p; at = at->next) {
		if (length == 0 && at->buf.tag == TAG_DNS_NAME && matches_dns_name(&at->buf, name))
			return true;
		if (length && at->buf.tag == TAG_IP_ADDRESS && at->buf.len == length && memcmp(at->buf.p, address, length) == 0)
			return true;
	}
	return false;
}
