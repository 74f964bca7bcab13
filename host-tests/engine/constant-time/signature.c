// Signatures by an RSA key whose secret numbers valgrind takes for uninitialised: it tells of every branch and address
// that hangs on one. run.sh judges what it tells.
//
// The key is imported and signs once before that, so that what is judged is what each signature of a kept context does:
// the numbers that blind it squared, two powers, their recombination, and the check of the result.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/memcheck.h>

#include "crypto/tls-rsa.h"

enum { BITS = 2048 };

static void hide(const mbedtls_mpi *number)
{
	VALGRIND_MAKE_MEM_UNDEFINED(number->p, number->n * sizeof(*number->p));
}

static void hide_key(const mbedtls_rsa_context *rsa)
{
	hide(&rsa->D);
	hide(&rsa->P);
	hide(&rsa->Q);
	hide(&rsa->DP);
	hide(&rsa->DQ);
	hide(&rsa->QP);
	hide(&rsa->RP);
	hide(&rsa->RQ);
	hide(&rsa->Vi);
	hide(&rsa->Vf);
}

static psa_status_t sign(mbedtls_svc_key_id_t key, psa_algorithm_t algorithm)
{
	static const uint8_t hash[32] = {1};
	uint8_t signature[PSA_BITS_TO_BYTES(BITS)];
	size_t length;

	return psa_sign_hash(key, algorithm, hash, sizeof(hash), signature, sizeof(signature), &length);
}

int main(void)
{
	const psa_algorithm_t algorithm = PSA_ALG_RSA_PSS(PSA_ALG_SHA_256);
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t key;
	xstls_rsa_place place = {0};

	psa_set_key_type(&attributes, PSA_KEY_TYPE_RSA_KEY_PAIR);
	psa_set_key_bits(&attributes, BITS);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH);
	psa_set_key_algorithm(&attributes, algorithm);
	xstls_rsa_hold(&place);
	if (psa_crypto_init() != PSA_SUCCESS || psa_generate_key(&attributes, &key) != PSA_SUCCESS ||
	    sign(key, algorithm) != PSA_SUCCESS || !place.rsa)
		return 1;
	hide_key(place.rsa);
	return sign(key, algorithm) != PSA_SUCCESS;
}
