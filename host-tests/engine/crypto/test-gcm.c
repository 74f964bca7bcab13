// AES-GCM beside its definition (NIST SP 800-38D), and two of NIST's own vectors.

#include "fixture.h"

#include "mbedtls/aes.h"
#include "psa/crypto.h"

enum { BLOCK = 16, NONCE = 12, MOST = 80, MOST_AAD = 37 };

// Bit by bit.
static void multiply(uint8_t z[BLOCK], const uint8_t h[BLOCK])
{
	uint8_t v[BLOCK], product[BLOCK] = {0};

	memcpy(v, h, BLOCK);
	for (int i = 0; i < 128; i++) {
		const bool is_odd = v[BLOCK - 1] & 1;

		for (int j = 0; j < BLOCK; j++)
			product[j] ^= z[i / 8] >> (7 - i % 8) & 1 ? v[j] : 0;
		for (int j = BLOCK - 1; j >= 0; j--)
			v[j] = (uint8_t)(v[j] >> 1 | (j ? v[j - 1] << 7 : 0));
		if (is_odd)
			v[0] ^= 0xe1;
	}
	memcpy(z, product, BLOCK);
}

static void hash(uint8_t z[BLOCK], const uint8_t h[BLOCK], const uint8_t *data, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		z[i % BLOCK] ^= data[i];
		if (i % BLOCK == BLOCK - 1 || i == length - 1)
			multiply(z, h);
	}
}

typedef struct {
	uint8_t key[32], nonce[NONCE], aad[MOST_AAD], text[MOST];
	size_t key_length, aad_length, length;
} message;

static void seal_by_definition(const message *m, uint8_t *sealed)
{
	const uint8_t lengths[BLOCK] = {[6] = (uint8_t)(m->aad_length >> 5),
	                                [7] = (uint8_t)(m->aad_length << 3),
	                                [14] = (uint8_t)(m->length >> 5),
	                                [15] = (uint8_t)(m->length << 3)};
	uint8_t h[BLOCK] = {0}, counter[BLOCK] = {[BLOCK - 1] = 1}, mask[BLOCK], tag[BLOCK] = {0};
	mbedtls_aes_context aes;

	mbedtls_aes_init(&aes);
	mbedtls_aes_setkey_enc(&aes, m->key, (unsigned)m->key_length * 8);
	mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, h, h);
	memcpy(counter, m->nonce, NONCE);
	for (size_t i = 0; i < m->length; i++) {
		if (i % BLOCK == 0) {
			counter[BLOCK - 1]++;
			mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, counter, mask);
		}
		sealed[i] = m->text[i] ^ mask[i % BLOCK];
	}
	hash(tag, h, m->aad, m->aad_length);
	hash(tag, h, sealed, m->length);
	hash(tag, h, lengths, BLOCK);
	counter[BLOCK - 1] = 1;
	mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, counter, mask);
	for (size_t i = 0; i < BLOCK; i++)
		sealed[m->length + i] = tag[i] ^ mask[i];
	mbedtls_aes_free(&aes);
}

static psa_key_id_t import_key(const message *m)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	psa_key_id_t key;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
	assert_int_equal(psa_import_key(&attributes, m->key, m->key_length, &key), PSA_SUCCESS);
	return key;
}

// As records are: in place. A tag with any bit changed is refused.
static void check(const message *m, const uint8_t *wanted)
{
	const size_t sealed_length = m->length + BLOCK;
	const psa_key_id_t key = import_key(m);
	uint8_t sealed[MOST + BLOCK], opened[MOST + BLOCK];
	size_t length;

	memcpy(sealed, m->text, m->length);
	assert_int_equal(psa_aead_encrypt(key, PSA_ALG_GCM, m->nonce, NONCE, m->aad, m->aad_length, sealed, m->length,
	                                  sealed, sizeof(sealed), &length),
	                 PSA_SUCCESS);
	assert_int_equal(length, sealed_length);
	assert_memory_equal(sealed, wanted, sealed_length);
	memcpy(opened, sealed, sealed_length);
	assert_int_equal(psa_aead_decrypt(key, PSA_ALG_GCM, m->nonce, NONCE, m->aad, m->aad_length, opened, sealed_length,
	                                  opened, sizeof(opened), &length),
	                 PSA_SUCCESS);
	assert_memory_equal(opened, m->text, m->length);
	sealed[m->length + m->length % BLOCK] ^= (uint8_t)(1 << m->length % 8);
	assert_int_equal(psa_aead_decrypt(key, PSA_ALG_GCM, m->nonce, NONCE, m->aad, m->aad_length, sealed, sealed_length,
	                                  sealed, sizeof(sealed), &length),
	                 PSA_ERROR_INVALID_SIGNATURE);
	psa_destroy_key(key);
}

static void as_it_is_defined(void **state)
{
	(void)state;
	uint8_t wanted[MOST + BLOCK];
	uint32_t random = 1;
	message m;

	for (size_t length = 0; length <= MOST; length++)
		for (size_t aad = 0; aad <= MOST_AAD; aad += 1 + length % 5) {
			for (size_t i = 0; i < sizeof(m); i++)
				((uint8_t *)&m)[i] = (uint8_t)((random = random * 1664525 + 1013904223) >> 24);
			m.key_length = length % 2 ? 16 : 32;
			m.aad_length = aad;
			m.length = length;
			seal_by_definition(&m, wanted);
			check(&m, wanted);
		}
}

// Of "The Galois/Counter Mode of Operation", test cases 2 and 14: a key, a nonce and a text of zeros.
static void as_others_have_it(void **state)
{
	(void)state;
	static const uint8_t with_128[] = {0x03, 0x88, 0xda, 0xce, 0x60, 0xb6, 0xa3, 0x92, 0xf3, 0x28, 0xc2,
	                                   0xb9, 0x71, 0xb2, 0xfe, 0x78, 0xab, 0x6e, 0x47, 0xd4, 0x2c, 0xec,
	                                   0x13, 0xbd, 0xf5, 0x3a, 0x67, 0xb2, 0x12, 0x57, 0xbd, 0xdf},
	                     with_256[] = {0xce, 0xa7, 0x40, 0x3d, 0x4d, 0x60, 0x6b, 0x6e, 0x07, 0x4e, 0xc5,
	                                   0xd3, 0xba, 0xf3, 0x9d, 0x18, 0xd0, 0xd1, 0xc8, 0xa7, 0x99, 0x99,
	                                   0x6b, 0xf0, 0x26, 0x5b, 0x98, 0xb5, 0xd4, 0x8a, 0xb9, 0x19};

	check(&(message){.key_length = 16, .length = BLOCK}, with_128);
	check(&(message){.key_length = 32, .length = BLOCK}, with_256);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B9 AES-GCM as it is defined", as_it_is_defined),
	    TEST("B9 AES-GCM as others have it", as_others_have_it),
	};

	psa_crypto_init();
	return cmocka_run_group_tests_name("gcm", tests, NULL, NULL);
}
