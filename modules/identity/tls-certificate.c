// A key belongs to a certificate when both have one SubjectPublicKeyInfo. The public key is written anew from the
// parsed key, so that encodings which differ and mean the same compare equal.

#include "tls-certificate.h"

#include <string.h>

#include "mbedtls/asn1.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/x509_crt.h"
#include "psa/crypto.h"

#include "tls-alloc.h"
#include "tls-port.h"
#include "tls-x509-time.h"

enum { PUBLIC_KEY_SIZE = 1100 }; // bytes of an RSA-8192 public key in DER, and some

// Text for mbedTLS, which wants the NUL counted; DER as it is. `*copy` is to be freed with free_input.
static bool as_input(const uint8_t **data, size_t *length, uint8_t **copy)
{
	*copy = NULL;
	if (*length == 0 || **data == 0x30)
		return true;
	*copy = tls_calloc(1, *length + 1);
	if (!*copy)
		return false;
	memcpy(*copy, *data, *length);
	*data = *copy;
	*length += 1;
	return true;
}

static void free_input(uint8_t *copy, size_t length)
{
	if (copy)
		mbedtls_platform_zeroize(copy, length);
	tls_free(copy);
}

static int parse(mbedtls_x509_crt *x509, const uint8_t *data, size_t length)
{
	uint8_t *copy;
	int result;

	if (!as_input(&data, &length, &copy))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	result = copy ? mbedtls_x509_crt_parse(x509, data, length) : mbedtls_x509_crt_parse_der_nocopy(x509, data, length);
	free_input(copy, length);
	return result;
}

static bool hash(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT])
{
	size_t written;

	return psa_hash_compute(PSA_ALG_SHA_256, data, length, fingerprint, TLS_FINGERPRINT, &written) == PSA_SUCCESS;
}

// mbedTLS writes DER from the end of the buffer.
static tls_error hash_public_key(const mbedtls_pk_context *key, uint8_t fingerprint[TLS_FINGERPRINT])
{
	uint8_t *buffer = tls_calloc(1, PUBLIC_KEY_SIZE);
	tls_error error = TLS_E_INTERNAL;
	int length;

	if (!buffer)
		return TLS_E_MEMORY;
	length = mbedtls_pk_write_pubkey_der(key, buffer, PUBLIC_KEY_SIZE);
	if (tls_port_is_out_of_memory(length))
		error = TLS_E_MEMORY;
	else if (length > 0 && hash(buffer + PUBLIC_KEY_SIZE - length, (size_t)length, fingerprint))
		error = TLS_E_NONE;
	tls_free(buffer);
	return error;
}

static bool is_same(const mbedtls_x509_buf *a, const mbedtls_x509_buf *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

static tls_error read_facts(const mbedtls_x509_crt *x509, tls_certificate *certificate)
{
	if (mbedtls_x509_dn_gets(certificate->subject, sizeof(certificate->subject), &x509->subject) < 0)
		certificate->subject[sizeof(certificate->subject) - 1] = 0;
	certificate->not_before = tls_x509_seconds(&x509->valid_from);
	certificate->not_after = tls_x509_seconds(&x509->valid_to);
	certificate->is_authority = mbedtls_x509_crt_get_ca_istrue(x509) == 1;
	certificate->is_self_issued = is_same(&x509->subject_raw, &x509->issuer_raw);
	if (!hash(x509->raw.p, x509->raw.len, certificate->fingerprint))
		return TLS_E_INTERNAL;
	return hash_public_key(&x509->pk, certificate->public_key);
}

tls_error tls_certificate_read(const uint8_t *data, size_t length, tls_certificate *certificate)
{
	mbedtls_x509_crt x509;
	tls_error error;
	int result;

	memset(certificate, 0, sizeof(*certificate));
	if (!tls_port_start())
		return TLS_E_RANDOM;
	if (length == 0)
		return TLS_E_CERTIFICATE_INVALID;
	mbedtls_x509_crt_init(&x509);
	result = parse(&x509, data, length);
	if (tls_port_is_out_of_memory(result))
		error = TLS_E_MEMORY;
	// A positive result counts others that don't parse: the chain is judged when it is loaded.
	else if (result < 0 || x509.version == 0)
		error = TLS_E_CERTIFICATE_INVALID;
	else
		error = read_facts(&x509, certificate);
	mbedtls_x509_crt_free(&x509);
	return error;
}

// The bytes of the DER element at `at`; 0 when it is none or cut off.
static size_t element_length(const uint8_t *at, const uint8_t *end)
{
	unsigned char *body = (unsigned char *)at;
	size_t length;

	if (mbedtls_asn1_get_tag(&body, end, &length, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE))
		return 0;
	return (size_t)(body - at) + length;
}

static size_t copy_der(const uint8_t *data, size_t length, unsigned index, uint8_t *der, size_t size)
{
	const uint8_t *end = data + length;
	size_t element = element_length(data, end);

	for (; index && element; index--) {
		data += element;
		element = element_length(data, end);
	}
	if (element == 0 || element > size)
		return 0;
	memcpy(der, data, element);
	return element;
}

static size_t copy_pem(const uint8_t *data, size_t length, unsigned index, uint8_t *der, size_t size)
{
	mbedtls_x509_crt x509;
	const mbedtls_x509_crt *at = &x509;
	size_t copied = 0;

	mbedtls_x509_crt_init(&x509);
	if (parse(&x509, data, length) == 0) {
		for (; index && at; index--)
			at = at->next;
		if (at && at->raw.len <= size) {
			memcpy(der, at->raw.p, at->raw.len);
			copied = at->raw.len;
		}
	}
	mbedtls_x509_crt_free(&x509);
	return copied;
}

size_t tls_certificate_copy(const uint8_t *data, size_t length, unsigned index, uint8_t *der, size_t size)
{
	if (length == 0 || !tls_port_start())
		return 0;
	return *data == 0x30 ? copy_der(data, length, index, der, size) : copy_pem(data, length, index, der, size);
}

tls_error tls_key_public_key(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT])
{
	mbedtls_pk_context key;
	tls_error error = TLS_E_NONE;
	uint8_t *copy;
	int result;

	if (!tls_port_start())
		return TLS_E_RANDOM;
	if (length == 0)
		return TLS_E_KEY_INVALID;
	if (!as_input(&data, &length, &copy))
		return TLS_E_MEMORY;
	mbedtls_pk_init(&key);
	result = tls_port_parse_key(&key, data, length);
	free_input(copy, length);
	if (result)
		error = tls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_KEY_INVALID;
	else
		error = hash_public_key(&key, fingerprint);
	mbedtls_pk_free(&key);
	return error;
}
