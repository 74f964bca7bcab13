// A key belongs to a certificate when both have one SubjectPublicKeyInfo. The public key is written anew from the
// parsed key, so that encodings which differ and mean the same compare equal.

#include "tls-certificate.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "mbedtls/x509_crt.h"
#include "psa/crypto.h"

#include "tls-alloc.h"
#include "tls-port.h"

enum { PUBLIC_KEY_SIZE = 1100 }; // bytes of an RSA-8192 public key in DER, and some

struct tls_certificate {
	mbedtls_x509_crt x509;
};

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

static tls_error parse(mbedtls_x509_crt *x509, const uint8_t *data, size_t length)
{
	uint8_t *copy;
	int result;

	if (!as_input(&data, &length, &copy))
		return TLS_E_MEMORY;
	// More than 0 certificates that don't parse are no error when the first one does: the chain is judged elsewhere.
	result = copy ? mbedtls_x509_crt_parse(x509, data, length) : mbedtls_x509_crt_parse_der_nocopy(x509, data, length);
	free_input(copy, length);
	if (tls_port_is_out_of_memory(result))
		return TLS_E_MEMORY;
	return result < 0 || x509->version == 0 ? TLS_E_CERTIFICATE_INVALID : TLS_E_NONE;
}

tls_certificate *tls_certificate_open(const uint8_t *data, size_t length, tls_error *error)
{
	tls_certificate *certificate;

	*error = TLS_E_RANDOM;
	if (!tls_port_start())
		return NULL;
	*error = TLS_E_MEMORY;
	certificate = tls_calloc(1, sizeof(tls_certificate));
	if (!certificate)
		return NULL;
	mbedtls_x509_crt_init(&certificate->x509);
	*error = length ? parse(&certificate->x509, data, length) : TLS_E_CERTIFICATE_INVALID;
	if (*error == TLS_E_NONE)
		return certificate;
	tls_certificate_free(certificate);
	return NULL;
}

void tls_certificate_free(tls_certificate *certificate)
{
	if (!certificate)
		return;
	mbedtls_x509_crt_free(&certificate->x509);
	tls_free(certificate);
}

void tls_certificate_subject(const tls_certificate *certificate, char *text, size_t size)
{
	if (mbedtls_x509_dn_gets(text, size, &certificate->x509.subject) < 0)
		text[0] = 0;
}

// Days since 1970 of a date of the Gregorian calendar, in which a year begins in March.
static int64_t days_since_1970(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static int64_t seconds_since_1970(const mbedtls_x509_time *time)
{
	return days_since_1970(time->year, time->mon, time->day) * 86400 + time->hour * 3600 + time->min * 60 + time->sec;
}

int64_t tls_certificate_not_before(const tls_certificate *certificate)
{
	return seconds_since_1970(&certificate->x509.valid_from);
}

int64_t tls_certificate_not_after(const tls_certificate *certificate)
{
	return seconds_since_1970(&certificate->x509.valid_to);
}

bool tls_certificate_is_authority(const tls_certificate *certificate)
{
	return mbedtls_x509_crt_get_ca_istrue(&certificate->x509) == 1;
}

static bool hash(const uint8_t *data, size_t length, uint8_t fingerprint[TLS_FINGERPRINT])
{
	size_t written;

	return psa_hash_compute(PSA_ALG_SHA_256, data, length, fingerprint, TLS_FINGERPRINT, &written) == PSA_SUCCESS;
}

bool tls_certificate_fingerprint(const tls_certificate *certificate, uint8_t fingerprint[TLS_FINGERPRINT])
{
	return hash(certificate->x509.raw.p, certificate->x509.raw.len, fingerprint);
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

tls_error tls_certificate_public_key(const tls_certificate *certificate, uint8_t fingerprint[TLS_FINGERPRINT])
{
	return hash_public_key(&certificate->x509.pk, fingerprint);
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
