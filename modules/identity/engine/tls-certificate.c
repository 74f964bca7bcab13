// A key belongs to a certificate when both have the same SubjectPublicKeyInfo. It is encoded again from the parsed key,
// so that different encodings of one key compare equal.

#include "tls-certificate.h"

#include <string.h>

#include "mbedtls/x509_crt.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "x509/tls-parse.h"
#include "port/tls-port-crypto.h"
#include "x509/tls-x509-time.h"

enum { PUBLIC_KEY_SIZE = 1100 }; // bytes of an RSA-8192 public key in DER, and some

static bool hash(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT])
{
	size_t written;

	return psa_hash_compute(PSA_ALG_SHA_256, data, length, fingerprint, TLS_FINGERPRINT, &written) == PSA_SUCCESS;
}

// mbedTLS writes DER from the end of the buffer.
static xstls_error hash_public_key(const mbedtls_pk_context *key, uint8_t fingerprint[TLS_FINGERPRINT])
{
	uint8_t *buffer = xstls_calloc(1, PUBLIC_KEY_SIZE);
	xstls_error error = TLS_E_INTERNAL;
	int length;

	if (!buffer)
		return TLS_E_MEMORY;
	length = mbedtls_pk_write_pubkey_der(key, buffer, PUBLIC_KEY_SIZE);
	if (xstls_port_is_out_of_memory(length))
		error = TLS_E_MEMORY;
	else if (length > 0 && hash(buffer + PUBLIC_KEY_SIZE - length, (size_t)length, fingerprint))
		error = TLS_E_NONE;
	xstls_free(buffer);
	return error;
}

static bool is_same(const mbedtls_x509_buf *a, const mbedtls_x509_buf *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

static xstls_error read_facts(const mbedtls_x509_crt *x509, xstls_certificate *certificate)
{
	if (mbedtls_x509_dn_gets(certificate->subject, sizeof(certificate->subject), &x509->subject) < 0)
		certificate->subject[sizeof(certificate->subject) - 1] = 0;
	certificate->not_before = xstls_x509_seconds(&x509->valid_from);
	certificate->not_after = xstls_x509_seconds(&x509->valid_to);
	certificate->is_authority = mbedtls_x509_crt_get_ca_istrue(x509) == 1;
	certificate->is_self_issued = is_same(&x509->subject_raw, &x509->issuer_raw);
	if (!hash(x509->raw.p, x509->raw.len, certificate->fingerprint))
		return TLS_E_INTERNAL;
	return hash_public_key(&x509->pk, certificate->public_key);
}

// Parses all of `data` before it looks at the first. What remains in `x509` is to be freed, whatever the answer.
static xstls_error open_chain(mbedtls_x509_crt *x509, const uint8_t *data, size_t length)
{
	int result;

	mbedtls_x509_crt_init(x509);
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	result = xstls_parse_certificates(x509, data, length);
	if (xstls_port_is_out_of_memory(result))
		return TLS_E_MEMORY;
	return result || x509->version == 0 ? TLS_E_CERTIFICATE_INVALID : TLS_E_NONE;
}

xstls_error xstls_certificate_read(const uint8_t *data, size_t length, xstls_certificate *certificate)
{
	mbedtls_x509_crt x509;
	xstls_error error = open_chain(&x509, data, length);

	memset(certificate, 0, sizeof(*certificate));
	if (error == TLS_E_NONE)
		error = read_facts(&x509, certificate);
	mbedtls_x509_crt_free(&x509);
	return error;
}

xstls_error xstls_certificate_to_der(const uint8_t *data, size_t length, uint8_t *der, size_t size, size_t *written)
{
	mbedtls_x509_crt x509;
	xstls_error error = open_chain(&x509, data, length);

	*written = 0;
	for (const mbedtls_x509_crt *at = &x509; error == TLS_E_NONE && at; at = at->next) {
		if (at->raw.len > size - *written) {
			error = TLS_E_ARGUMENT;
			break;
		}
		memcpy(der + *written, at->raw.p, at->raw.len);
		*written += at->raw.len;
	}
	mbedtls_x509_crt_free(&x509);
	return error;
}

// Checks the signature only; dates and weak algorithms are judged elsewhere.
static xstls_error check_issuer(mbedtls_x509_crt *issuer, mbedtls_x509_crt *subject)
{
	uint32_t flags = 0;

	xstls_alloc_clear_failure();
	mbedtls_x509_crt_verify(subject, issuer, NULL, NULL, &flags, NULL, NULL);
	if (xstls_alloc_has_failed())
		return TLS_E_MEMORY;
	return flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED ? TLS_E_CERTIFICATE_UNTRUSTED : TLS_E_NONE;
}

xstls_error xstls_certificate_check_chain(const uint8_t *data, size_t length)
{
	mbedtls_x509_crt x509;
	xstls_error error = open_chain(&x509, data, length);

	if (error == TLS_E_NONE && !xstls_parse_fits_message(&x509))
		error = TLS_E_RECORD_OVERFLOW;
	for (mbedtls_x509_crt *at = &x509; error == TLS_E_NONE && at->next; at = at->next) {
		mbedtls_x509_crt *rest = at->next->next;

		// Only the next certificate may be its issuer.
		at->next->next = NULL;
		error = check_issuer(at->next, at);
		at->next->next = rest;
	}
	mbedtls_x509_crt_free(&x509);
	return error;
}

size_t xstls_certificate_most_sent(size_t count)
{
	return xstls_parse_most_sent(count);
}

xstls_error xstls_key_public_key(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT])
{
	mbedtls_pk_context key;
	xstls_error error;
	int result;

	if (!xstls_port_start())
		return TLS_E_RANDOM;
	if (length == 0)
		return TLS_E_KEY_INVALID;
	mbedtls_pk_init(&key);
	result = xstls_parse_key(&key, data, length);
	if (result)
		error = xstls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_KEY_INVALID;
	else
		error = hash_public_key(&key, fingerprint);
	mbedtls_pk_free(&key);
	return error;
}
