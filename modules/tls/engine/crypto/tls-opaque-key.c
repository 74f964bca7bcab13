// The key's policy has to allow the algorithm that is negotiated: ECDSA for an EC key; for an RSA key PSS over TLS 1.3
// and PKCS #1 v1.5 over TLS 1.2. A secure element need not have its public key, so it is a signature that shows whether
// the key belongs to the certificate.

#include "tls-opaque-key.h"

#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

typedef struct {
	mbedtls_svc_key_id_t id;
	const mbedtls_pk_context *public_key;
	psa_status_t status; // of the call that failed
} candidate;

typedef struct {
	psa_algorithm_t algorithm;
	uint8_t hash[PSA_HASH_MAX_SIZE];
	size_t hash_length;
	uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
	size_t signature_length;
} trial;

static psa_status_t sign(const candidate *c, trial *t)
{
	psa_status_t status;

	t->hash_length = PSA_HASH_LENGTH(t->algorithm);
	status = psa_generate_random(t->hash, t->hash_length);
	if (status != PSA_SUCCESS)
		return status;
	return psa_sign_hash(c->id, t->algorithm, t->hash, t->hash_length, t->signature, sizeof(t->signature),
	                     &t->signature_length);
}

static psa_status_t verify(const trial *t, const mbedtls_pk_context *public_key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;
	psa_status_t status;

	if (mbedtls_pk_get_psa_attributes(public_key, PSA_KEY_USAGE_VERIFY_HASH, &attributes))
		return PSA_ERROR_NOT_SUPPORTED;
	psa_set_key_algorithm(&attributes, t->algorithm);
	if (mbedtls_pk_import_into_psa(public_key, &attributes, &id))
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	status = psa_verify_hash(id, t->algorithm, t->hash, t->hash_length, t->signature, t->signature_length);
	psa_destroy_key(id);
	return status;
}

static xstls_error try_algorithm(candidate *c, psa_algorithm_t algorithm)
{
	trial t = {.algorithm = algorithm};

	c->status = sign(c, &t);
	if (c->status != PSA_SUCCESS)
		return TLS_E_KEY_NOT_USABLE;
	c->status = verify(&t, c->public_key);
	return c->status == PSA_SUCCESS ? TLS_E_NONE : TLS_E_KEY_MISMATCH;
}

static xstls_error try_rsa(candidate *c, xstls_opaque_key_use use)
{
	xstls_error error = TLS_E_NONE;

	if (use.tls_1_3)
		error = try_algorithm(c, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256));
	if (error == TLS_E_NONE && use.tls_1_2)
		error = try_algorithm(c, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256));
	return error;
}

// By the hash that TLS 1.3 uses with the curve.
static psa_algorithm_t ecdsa_of(size_t bits)
{
	if (bits == 256)
		return xstls_port_ecdsa(PSA_ALG_SHA_256);
	return xstls_port_ecdsa(bits == 384 ? PSA_ALG_SHA_384 : PSA_ALG_SHA_512);
}

static xstls_error try_key(candidate *c, const psa_key_attributes_t *attributes, xstls_opaque_key_use use)
{
	psa_key_type_t type = psa_get_key_type(attributes);
	size_t bits = psa_get_key_bits(attributes);

	if (type != PSA_KEY_TYPE_RSA_KEY_PAIR && type != PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1))
		return TLS_E_KEY_NOT_USABLE;
	if (bits != mbedtls_pk_get_bitlen(c->public_key) ||
	    (type == PSA_KEY_TYPE_RSA_KEY_PAIR) != (xstls_port_key_group(c->public_key) == 0))
		return TLS_E_KEY_MISMATCH;
	if (type == PSA_KEY_TYPE_RSA_KEY_PAIR)
		return try_rsa(c, use);
	return try_algorithm(c, ecdsa_of(bits));
}

xstls_error xstls_opaque_key_open(mbedtls_pk_context *key, uint32_t id, const mbedtls_pk_context *public_key,
                                  xstls_opaque_key_use use, int *library)
{
	candidate c = {.id = mbedtls_svc_key_id_make(0, id), .public_key = public_key};
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	xstls_error error = TLS_E_KEY_NOT_FOUND;

	*library = psa_get_key_attributes(c.id, &attributes);
	if (*library)
		return error;
	error = try_key(&c, &attributes, use);
	psa_reset_key_attributes(&attributes);
	*library = c.status;
	if (error != TLS_E_NONE)
		return error;
	*library = xstls_port_set_opaque_key(key, c.id);
	return *library ? TLS_E_KEY_NOT_USABLE : TLS_E_NONE;
}
