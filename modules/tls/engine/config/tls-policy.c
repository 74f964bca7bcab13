#include "tls-policy.h"

#include <string.h>

#include "mbedtls/ssl.h"
#include "mbedtls/ssl_ciphersuites.h"
#include "psa/crypto.h"

#define SUITES_WITH_CERTIFICATE(X)                                                                                     \
	X(TLS1_3_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256")                                                             \
	X(TLS1_3_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384")                                                             \
	X(TLS1_3_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256")                                                 \
	X(TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")                              \
	X(TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")                                  \
	X(TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")                              \
	X(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")                                  \
	X(TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")                  \
	X(TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")

#define SUITES_WITH_PSK(X) X(TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256")

// Known by name, and not offered unless named: those without forward secrecy, and those that are slow.
#define OTHER_SUITES(X)                                                                                                \
	X(TLS1_3_AES_128_CCM_SHA256, "TLS_AES_128_CCM_SHA256")                                                             \
	X(TLS1_3_AES_128_CCM_8_SHA256, "TLS_AES_128_CCM_8_SHA256")                                                         \
	X(TLS_ECDHE_ECDSA_WITH_AES_128_CCM, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM")                                            \
	X(TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8")                                        \
	X(TLS_PSK_WITH_AES_128_GCM_SHA256, "TLS_PSK_WITH_AES_128_GCM_SHA256")                                              \
	X(TLS_PSK_WITH_AES_256_GCM_SHA384, "TLS_PSK_WITH_AES_256_GCM_SHA384")                                              \
	X(TLS_PSK_WITH_CHACHA20_POLY1305_SHA256, "TLS_PSK_WITH_CHACHA20_POLY1305_SHA256")                                  \
	X(TLS_PSK_WITH_AES_128_CCM, "TLS_PSK_WITH_AES_128_CCM")                                                            \
	X(TLS_PSK_WITH_AES_128_CCM_8, "TLS_PSK_WITH_AES_128_CCM_8")

#define NUMBER(suite, name) MBEDTLS_##suite,
const int xstls_policy_suites[] = {SUITES_WITH_CERTIFICATE(NUMBER) 0};
const int xstls_policy_suites_with_psk[] = {SUITES_WITH_CERTIFICATE(NUMBER) SUITES_WITH_PSK(NUMBER) 0};
#undef NUMBER

const uint16_t xstls_policy_groups[] = {
    MBEDTLS_SSL_IANA_TLS_GROUP_X25519,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_NONE,
};

typedef struct {
	const char *name;
	uint16_t number;
} named_number;

#define ROW(suite, name) {name, MBEDTLS_##suite},
static const named_number suite_names[] = {
    SUITES_WITH_CERTIFICATE(ROW) SUITES_WITH_PSK(ROW) OTHER_SUITES(ROW){NULL, 0},
};
#undef ROW

static const named_number group_names[] = {
#ifdef PSA_WANT_ECC_MONTGOMERY_255
    {"x25519", MBEDTLS_SSL_IANA_TLS_GROUP_X25519},
#endif
#ifdef PSA_WANT_ECC_SECP_R1_256
    {"secp256r1", MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1},
#endif
#ifdef PSA_WANT_ECC_SECP_R1_384
    {"secp384r1", MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1},
#endif
#ifdef PSA_WANT_ECC_SECP_R1_521
    {"secp521r1", MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1},
#endif
#ifdef PSA_WANT_ECC_MONTGOMERY_448
    {"x448", MBEDTLS_SSL_IANA_TLS_GROUP_X448},
#endif
    {NULL, 0},
};

static const named_number signature_names[] = {
#ifdef PSA_WANT_ECC_SECP_R1_256
    {"ecdsa_secp256r1_sha256", MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256},
#endif
#ifdef PSA_WANT_ECC_SECP_R1_384
    {"ecdsa_secp384r1_sha384", MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384},
#endif
#ifdef PSA_WANT_ECC_SECP_R1_521
    {"ecdsa_secp521r1_sha512", MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512},
#endif
#ifdef PSA_WANT_ALG_RSA_PSS
    {"rsa_pss_rsae_sha256", MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256},
    {"rsa_pss_rsae_sha384", MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384},
    {"rsa_pss_rsae_sha512", MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512},
#endif
#ifdef PSA_WANT_ALG_RSA_PKCS1V15_SIGN
    {"rsa_pkcs1_sha256", MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256},
    {"rsa_pkcs1_sha384", MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384},
    {"rsa_pkcs1_sha512", MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512},
#endif
    {NULL, 0},
};

static const named_number *const lists[TLS_POLICY_LISTS] = {suite_names, group_names, signature_names};

static bool is_built(xstls_policy_list list, const named_number *row)
{
	return list != TLS_POLICY_SUITES || mbedtls_ssl_ciphersuite_from_id(row->number);
}

uint16_t xstls_policy_number(xstls_policy_list list, const char *name, size_t length)
{
	for (const named_number *row = lists[list]; row->name; row++)
		if (strlen(row->name) == length && memcmp(row->name, name, length) == 0)
			return is_built(list, row) ? row->number : 0;
	return 0;
}

bool xstls_policy_knows(xstls_policy_list list, uint16_t number)
{
	for (const named_number *row = lists[list]; row->name; row++)
		if (row->number == number)
			return is_built(list, row);
	return false;
}

const char *xstls_policy_name(xstls_policy_list list, size_t index)
{
	for (const named_number *row = lists[list]; row->name; row++)
		if (is_built(list, row) && index-- == 0)
			return row->name;
	return NULL;
}
