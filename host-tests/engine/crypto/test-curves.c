// P-256 and X25519 as TLS asks PSA for them: published examples, and keys that must not be accepted.

#include "fixture.h"

#include "psa/crypto.h"

enum { P256_POINT = 65, SCALAR = 32 };

#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define X25519_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY)

static size_t from_hex(const char *text, uint8_t out[])
{
	size_t length = strlen(text) / 2;

	for (size_t i = 0; i < length; i++)
		assert_int_equal(sscanf(text + 2 * i, "%2hhx", &out[i]), 1);
	return length;
}

static void assert_hex(const uint8_t *bytes, size_t length, const char *expected)
{
	uint8_t wanted[128];

	assert_int_equal(length, from_hex(expected, wanted));
	assert_memory_equal(bytes, wanted, length);
}

static psa_status_t import(psa_key_type_t type, size_t bits, psa_algorithm_t algorithm, const char *hex,
                           mbedtls_svc_key_id_t *key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	uint8_t bytes[128];
	size_t length = from_hex(hex, bytes);

	assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
	psa_set_key_type(&attributes, type);
	psa_set_key_bits(&attributes, bits);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
	psa_set_key_algorithm(&attributes, algorithm);
	return psa_import_key(&attributes, bytes, length, key);
}

static psa_status_t agree(psa_key_type_t type, size_t bits, const char *secret, const char *peer, uint8_t out[SCALAR])
{
	mbedtls_svc_key_id_t key;
	uint8_t bytes[128];
	size_t length = from_hex(peer, bytes), count;
	psa_status_t status;

	assert_int_equal(import(type, bits, PSA_ALG_ECDH, secret, &key), PSA_SUCCESS);
	status = psa_raw_key_agreement(PSA_ALG_ECDH, key, bytes, length, out, SCALAR, &count);
	psa_destroy_key(key);
	return status;
}

static void assert_agreement(psa_key_type_t type, size_t bits, const char *secret, const char *peer, const char *shared)
{
	uint8_t out[SCALAR];

	assert_int_equal(agree(type, bits, secret, peer, out), PSA_SUCCESS);
	assert_hex(out, sizeof(out), shared);
}

static const char ours[] = "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433";
static const char scalar[] = "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4";

static void p256_agreement(void **state)
{
	mbedtls_svc_key_id_t key;
	uint8_t point[P256_POINT];
	size_t length;

	(void)state;
	assert_int_equal(import(P256_PAIR, 256, PSA_ALG_ECDH, ours, &key), PSA_SUCCESS);
	assert_int_equal(psa_export_public_key(key, point, sizeof(point), &length), PSA_SUCCESS);
	psa_destroy_key(key);
	assert_hex(point, length,
	           "04DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C37725811805271A0461CDB8252D61F1C456FA3E59AB1F4"
	           "5B33ACCF5F58389E0577B8990BB3");
	assert_agreement(
	    P256_PAIR, 256, ours,
	    "04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF6356FBF3CA366CC23E8157854C13C58D6AA"
	    "C23F046ADA30F8353E74F33039872AB",
	    "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE");
}

// SHA-256 of "sample".
static const char hash_of_sample[] = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";

static void p256_signature(void **state)
{
	const psa_algorithm_t algorithm = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
	mbedtls_svc_key_id_t key;
	uint8_t hash[SCALAR], signature[2 * SCALAR];
	size_t length;

	(void)state;
	from_hex(hash_of_sample, hash);
	assert_int_equal(
	    import(P256_PAIR, 256, algorithm, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", &key),
	    PSA_SUCCESS);
	assert_int_equal(psa_sign_hash(key, algorithm, hash, sizeof(hash), signature, sizeof(signature), &length),
	                 PSA_SUCCESS);
	assert_hex(signature, length,
	           "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E9"
	           "00DBB9AFF4064DC4AB2F843ACDA8");
	assert_int_equal(psa_verify_hash(key, algorithm, hash, sizeof(hash), signature, length), PSA_SUCCESS);
	for (size_t i = 0; i < sizeof(signature); i += 7) {
		signature[i] ^= 1;
		assert_int_equal(psa_verify_hash(key, algorithm, hash, sizeof(hash), signature, length),
		                 PSA_ERROR_INVALID_SIGNATURE);
		signature[i] ^= 1;
	}
	psa_destroy_key(key);
}

static void p256_refusals(void **state)
{
	static const char *const points[] = {
	    // not on the curve; x = p; the point at infinity; compressed; one byte less and one more
	    "04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF6356FBF3CA366CC23E8157854C13C58D6AAC23F046ADA3"
	    "0F8"
	    "353E74F33039872AC",
	    "04FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE"
	    "871"
	    "728BF856A174F93F4",
	    "00",
	    "03D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63",
	    "04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF6356FBF3CA366CC23E8157854C13C58D6AAC23F046ADA3"
	    "0F8"
	    "353E74F33039872",
	    "04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF6356FBF3CA366CC23E8157854C13C58D6AAC23F046ADA3"
	    "0F8"
	    "353E74F33039872AB00",
	};
	static const char *const secrets[] = {
	    // 0; the order; one byte less and one more
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
	    "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D14",
	    "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D143300",
	};
	mbedtls_svc_key_id_t key;
	uint8_t out[SCALAR];

	(void)state;
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		assert_int_not_equal(agree(P256_PAIR, 256, ours, points[i], out), PSA_SUCCESS);
		assert_int_not_equal(import(P256_PUBLIC, 256, PSA_ALG_ECDSA(PSA_ALG_SHA_256), points[i], &key), PSA_SUCCESS);
	}
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		assert_int_not_equal(import(P256_PAIR, 256, PSA_ALG_ECDH, secrets[i], &key), PSA_SUCCESS);
}

static void x25519_agreement(void **state)
{
	(void)state;
	assert_agreement(X25519_PAIR, 255, scalar, "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
	                 "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
	// The highest bit of the peer's is ignored.
	assert_agreement(X25519_PAIR, 255, "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
	                 "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
	                 "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

// Points of small order would give a secret of zeros (RFC 7748, section 6.1; RFC 8446, section 7.4.2).
static void x25519_refusals(void **state)
{
	static const char *const peers[] = {
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "0100000000000000000000000000000000000000000000000000000000000000",
	    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    "0000000000000000000000000000000000000000000000000000000000000080",
	    // one byte less and one more
	    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c",
	    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c00",
	};
	uint8_t out[SCALAR];

	(void)state;
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
		assert_int_not_equal(agree(X25519_PAIR, 255, scalar, peers[i], out), PSA_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("P-256: public key and shared secret of RFC 5903, section 8.1", p256_agreement),
	    TEST("P-256: signature of RFC 6979, section A.2.5, and none of its neighbours", p256_signature),
	    TEST("P-256: points off the curve, infinity, wrong lengths, secrets out of range", p256_refusals),
	    TEST("X25519: shared secrets of RFC 7748, section 5.2", x25519_agreement),
	    TEST("X25519: points of small order, wrong lengths", x25519_refusals),
	};

	return cmocka_run_group_tests_name("curves", tests, NULL, NULL);
}
