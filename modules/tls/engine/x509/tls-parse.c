#include "tls-parse.h"

#include <string.h>

#include "mbedtls/asn1.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "record/tls-record-limits.h"

static bool looks_like_pem(const uint8_t *data, size_t length)
{
	static const char mark[] = "-----BEGIN ";

	for (size_t i = 0; i + sizeof(mark) - 1 <= length; i++)
		if (data[i] == '-' && memcmp(data + i, mark, sizeof(mark) - 1) == 0)
			return true;
	return false;
}

// Copies a text without the blanks at the starts and ends of its lines, which mbedTLS takes for damage: people indent
// PEM, and copy it out of terminals. The length of the copy.
static size_t copy_lines(uint8_t *to, const uint8_t *from, size_t length)
{
	size_t written = 0, solid = 0; // solid: behind the last byte that is no blank

	for (size_t i = 0; i < length; i++) {
		bool is_blank = from[i] == ' ' || from[i] == '\t';
		bool is_line_end = from[i] == '\n' || from[i] == '\r';

		if (is_line_end)
			written = solid;
		if (is_blank && (written == 0 || to[written - 1] == '\n' || to[written - 1] == '\r'))
			continue;
		to[written++] = from[i];
		if (!is_blank)
			solid = written;
	}
	memset(to + solid, 0, length + 1 - solid);
	return solid;
}

// mbedTLS wants PEM with a NUL that counts in its length: `*copy` is such a text, NULL where the data is not PEM and
// stays as it is. DER starts with a SEQUENCE, PEM may have any text before its first block. False when memory is short.
static bool prepare_input(const uint8_t **data, size_t *length, uint8_t **copy)
{
	*copy = NULL;
	if (*length == 0 || (*data)[0] == 0x30 || !looks_like_pem(*data, *length))
		return true;
	*copy = xstls_calloc(1, *length + 1);
	if (!*copy)
		return false;
	*length = copy_lines(*copy, *data, *length) + 1;
	*data = *copy;
	return true;
}

static void free_input(uint8_t *copy, size_t length)
{
	if (copy)
		mbedtls_platform_zeroize(copy, length);
	xstls_free(copy);
}

// mbedTLS refuses a certificate with a critical extension that it does not know. A server's answer to an ACME challenge
// has one (RFC 8737 §3), which nobody but the CA looks at.
static int allow_challenge(void *context, const mbedtls_x509_crt *certificate, const mbedtls_x509_buf *identifier,
                           int is_critical, const unsigned char *at, const unsigned char *end)
{
	static const uint8_t challenge[] = {0x2b, 6, 1, 5, 5, 7, 1, 31}; // id-pe-acmeIdentifier

	(void)context, (void)certificate, (void)at, (void)end;
	if (!is_critical)
		return 0;
	return identifier->len == sizeof(challenge) && memcmp(identifier->p, challenge, sizeof(challenge)) == 0 ? 0 : -1;
}

// mbedTLS parses only the first of several certificates in DER.
static int parse_der_chain(mbedtls_x509_crt *into, const uint8_t *data, size_t length)
{
	unsigned char *at = (unsigned char *)data;
	unsigned char *end = at + length;
	int result;

	if (length == 0)
		return MBEDTLS_ERR_X509_INVALID_FORMAT;
	do {
		unsigned char *body = at;
		size_t body_length;

		result = mbedtls_asn1_get_tag(&body, end, &body_length, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
		if (result)
			return MBEDTLS_ERR_X509_INVALID_FORMAT;
		result = mbedtls_x509_crt_parse_der_with_ext_cb(into, at, (size_t)(body + body_length - at), 1, allow_challenge,
		                                                NULL);
		at = body + body_length;
	} while (result == 0 && at < end);
	return result;
}

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

// mbedTLS ignores a last certificate that was cut off, and a positive result is its number of certificates that did not
// parse. Either is an error here: a certificate of the chain would be missing.
static int parse_pem_chain(mbedtls_x509_crt *into, const uint8_t *text, size_t length)
{
	const char *string = (const char *)text;
	int result = mbedtls_x509_crt_parse(into, text, length);

	if (result > 0 || (result == 0 && count_of(string, "-----BEGIN CERTIFICATE-----") !=
	                                      count_of(string, "-----END CERTIFICATE-----")))
		return MBEDTLS_ERR_X509_INVALID_FORMAT;
	return result;
}

int xstls_parse_certificates(mbedtls_x509_crt *into, const uint8_t *data, size_t length)
{
	uint8_t *copy;
	int result;

	if (!prepare_input(&data, &length, &copy))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	result = copy ? parse_pem_chain(into, data, length) : parse_der_chain(into, data, length);
	free_input(copy, length);
	return result;
}

enum { MESSAGE = 4 + 1 + 3, CERTIFICATE = 3 + 2 };

size_t xstls_parse_message_length(const mbedtls_x509_crt *chain)
{
	size_t length = MESSAGE;

	for (; chain; chain = chain->next)
		length += CERTIFICATE + chain->raw.len;
	return length;
}

size_t xstls_parse_most_sent(size_t count)
{
	size_t others = MESSAGE + count * CERTIFICATE;

	return others < TLS_MESSAGE_MOST_SENT ? TLS_MESSAGE_MOST_SENT - others : 0;
}

bool xstls_parse_fits_message(const mbedtls_x509_crt *chain)
{
	return xstls_parse_message_length(chain) <= TLS_MESSAGE_MOST_SENT;
}

bool xstls_parse_fits_library(const mbedtls_x509_crt *chain)
{
	return xstls_parse_message_length(chain) <= TLS_RECORD_MOST_SENT;
}

int xstls_parse_key(mbedtls_pk_context *key, const uint8_t *data, size_t length)
{
	uint8_t *copy;
	int result;

	if (!prepare_input(&data, &length, &copy))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	result = xstls_port_parse_key(key, data, length);
	free_input(copy, length);
	// A longer RSA key is parsed, and could sign nothing: every handshake would fail. Those of curves are shorter.
	if (result == 0 && mbedtls_pk_get_bitlen(key) > PSA_VENDOR_RSA_MAX_KEY_BITS)
		return PSA_ERROR_NOT_SUPPORTED;
	return result;
}
