#include "tls-rsa.h"

#include <errno.h>
#include <string.h>

#include "mbedtls/asn1.h"
#include "mbedtls/md.h"

static xstls_rsa_place *places;
// Each task has an errno of its own.
static const int *owner;

void xstls_rsa_hold(xstls_rsa_place *place)
{
	if (!places)
		owner = &errno;
	if (owner != &errno)
		return;
	place->next = places;
	place->held = true;
	places = place;
}

static void forget(xstls_rsa_place *place)
{
	xstls_port_rsa_free(place->rsa);
	place->rsa = NULL;
}

void xstls_rsa_release(xstls_rsa_place *place)
{
	if (!place->held)
		return;
	for (xstls_rsa_place **at = &places; *at;) {
		forget(*at);
		if (*at == place)
			*at = place->next;
		else
			at = &(*at)->next;
	}
	place->held = false;
	if (!places)
		owner = NULL;
}

#ifdef TLS_FIAT_CURVES

typedef struct {
	const uint8_t *data;
	size_t length;
} number;

// RFC 8017 §A.1.2: RSAPrivateKey ::= SEQUENCE { version, modulus, … }. No more of the key is looked at.
static bool read_modulus(const uint8_t *key, size_t length, number *modulus)
{
	uint8_t *at = (uint8_t *)key;
	const uint8_t *end = key + length;
	size_t size;

	if (mbedtls_asn1_get_tag(&at, end, &size, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE) ||
	    mbedtls_asn1_get_tag(&at, end, &size, MBEDTLS_ASN1_INTEGER))
		return false;
	at += size;
	if (mbedtls_asn1_get_tag(&at, end, &modulus->length, MBEDTLS_ASN1_INTEGER))
		return false;
	modulus->data = at;
	while (modulus->length && !*modulus->data) {
		modulus->data++;
		modulus->length--;
	}
	return true;
}

static bool has_modulus(const mbedtls_rsa_context *rsa, number modulus)
{
	uint8_t own[PSA_BITS_TO_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)];

	return rsa && modulus.length == mbedtls_rsa_get_len(rsa) && modulus.length <= sizeof(own) &&
	       mbedtls_rsa_export_raw(rsa, own, modulus.length, NULL, 0, NULL, 0, NULL, 0, NULL, 0) == 0 &&
	       memcmp(own, modulus.data, modulus.length) == 0;
}

// Where the key is kept: found, or made in a place that is free. NULL when there is none.
static xstls_rsa_place *find(const uint8_t *key, size_t length)
{
	xstls_rsa_place *free_place = NULL;
	number modulus;

	if (owner != &errno || !read_modulus(key, length, &modulus))
		return NULL;
	for (xstls_rsa_place *at = places; at; at = at->next) {
		if (has_modulus(at->rsa, modulus))
			return at;
		if (!at->rsa)
			free_place = at;
	}
	if (!free_place)
		return NULL;
	free_place->rsa = xstls_port_rsa_load(key, length);
	return free_place->rsa ? free_place : NULL;
}

static int random_bytes(void *context, unsigned char *out, size_t length)
{
	(void)context;
	return psa_generate_random(out, length) == PSA_SUCCESS ? 0 : MBEDTLS_ERR_RSA_RNG_FAILED;
}

static mbedtls_md_type_t hash_of(psa_algorithm_t algorithm)
{
	switch (PSA_ALG_SIGN_GET_HASH(algorithm)) {
	case PSA_ALG_SHA_256:
		return MBEDTLS_MD_SHA256;
	case PSA_ALG_SHA_384:
		return MBEDTLS_MD_SHA384;
	case PSA_ALG_SHA_512:
		return MBEDTLS_MD_SHA512;
	default:
		return MBEDTLS_MD_NONE;
	}
}

static int sign(mbedtls_rsa_context *rsa, psa_algorithm_t algorithm, const uint8_t *hash, unsigned hash_length,
                uint8_t *signature)
{
	mbedtls_md_type_t type = hash_of(algorithm);
	int error;

	if (PSA_ALG_IS_RSA_PSS(algorithm)) {
		error = mbedtls_rsa_set_padding(rsa, MBEDTLS_RSA_PKCS_V21, type);
		return error ? error
		             : mbedtls_rsa_rsassa_pss_sign(rsa, random_bytes, NULL, MBEDTLS_MD_NONE, hash_length, hash,
		                                           signature);
	}
	error = mbedtls_rsa_set_padding(rsa, MBEDTLS_RSA_PKCS_V15, MBEDTLS_MD_NONE);
	return error ? error : mbedtls_rsa_pkcs1_sign(rsa, random_bytes, NULL, type, hash_length, hash, signature);
}

// What TLS signs with an RSA key.
static bool is_ours(psa_algorithm_t algorithm, size_t hash_length)
{
	return (PSA_ALG_IS_RSA_PSS(algorithm) || PSA_ALG_IS_RSA_PKCS1V15_SIGN(algorithm)) &&
	       hash_of(algorithm) != MBEDTLS_MD_NONE && hash_length == PSA_HASH_LENGTH(algorithm);
}

// A signature that fails may leave the numbers that blind it without their inverses, so its context goes, and mbedTLS
// is asked, which says why.
psa_status_t xstls_rsa_sign_hash(const psa_key_attributes_t *attributes, const uint8_t *key, size_t key_length,
                                 psa_algorithm_t algorithm, const uint8_t *hash, size_t hash_length, uint8_t *signature,
                                 size_t signature_size, size_t *signature_length)
{
	xstls_rsa_place *place = is_ours(algorithm, hash_length) ? find(key, key_length) : NULL;

	if (place && signature_size >= mbedtls_rsa_get_len(place->rsa)) {
		if (sign(place->rsa, algorithm, hash, (unsigned)hash_length, signature) == 0) {
			*signature_length = mbedtls_rsa_get_len(place->rsa);
			return PSA_SUCCESS;
		}
		forget(place);
	}
	return xstls_library_rsa_sign_hash(attributes, key, key_length, algorithm, hash, hash_length, signature,
	                                   signature_size, signature_length);
}

#endif
