// crypto/tls-ecp.c beside mbedTLS's own curve code, and the numbers next to 0 and to the order.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "fixture.h"
#include "pair.h"

#include "crypto/tls-ecp.h"
#include "mbedtls/ecp.h"
#include "mbedtls/psa_util.h"
#include "products.h"
#include "psa/crypto.h"
#include "random.h"

enum { ROUNDS = 40 };

typedef struct {
	mbedtls_ecp_group quick, plain; // the second has no id, so it is mbedTLS's own matter
	mbedtls_ecp_point p, q, r, expected;
	mbedtls_mpi m, n;
} bench;

static void set_up(bench *b, mbedtls_ecp_group_id id)
{
	mbedtls_ecp_group_init(&b->quick);
	mbedtls_ecp_group_init(&b->plain);
	for (mbedtls_ecp_point *point = &b->p; point <= &b->expected; point++)
		mbedtls_ecp_point_init(point);
	mbedtls_mpi_init(&b->m);
	mbedtls_mpi_init(&b->n);
	assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
	assert_int_equal(mbedtls_ecp_group_load(&b->quick, id), 0);
	assert_int_equal(mbedtls_ecp_group_load(&b->plain, id), 0);
	b->plain.id = MBEDTLS_ECP_DP_NONE;
}

static void tear_down(bench *b)
{
	mbedtls_ecp_group_free(&b->quick);
	mbedtls_ecp_group_free(&b->plain);
	for (mbedtls_ecp_point *point = &b->p; point <= &b->expected; point++)
		mbedtls_ecp_point_free(point);
	mbedtls_mpi_free(&b->m);
	mbedtls_mpi_free(&b->n);
}

static void multiply(mbedtls_ecp_group *group, mbedtls_ecp_point *r, const mbedtls_mpi *m, const mbedtls_ecp_point *p)
{
	assert_int_equal(mbedtls_ecp_mul(group, r, m, p, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE), 0);
}

static void random_scalar(bench *b, mbedtls_mpi *scalar)
{
	assert_int_equal(mbedtls_ecp_gen_privkey(&b->quick, scalar, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE), 0);
}

static void assert_same_product(bench *b)
{
	multiply(&b->plain, &b->expected, &b->m, &b->p);
	multiply(&b->quick, &b->r, &b->m, &b->p);
	assert_int_equal(mbedtls_ecp_point_cmp(&b->r, &b->expected), 0);
}

static void same_products(mbedtls_ecp_group_id id)
{
	bench b;

	set_up(&b, id);
	random_seed(25519);
	assert_int_equal(mbedtls_ecp_copy(&b.p, &b.quick.G), 0);
	for (int i = 0; i < ROUNDS; i++) {
		random_scalar(&b, &b.m);
		assert_same_product(&b);
		// The base point has a table of its own, the next point none.
		assert_int_equal(mbedtls_ecp_copy(&b.p, i % 4 ? &b.r : &b.quick.G), 0);
	}
	tear_down(&b);
}

static void same_on_p256(void **state)
{
	(void)state;
	same_products(MBEDTLS_ECP_DP_SECP256R1);
}

static void same_on_25519(void **state)
{
	(void)state;
	same_products(MBEDTLS_ECP_DP_CURVE25519);
}

static void assert_same_at_base(bench *b)
{
	multiply(&b->plain, &b->expected, &b->m, &b->quick.G);
	multiply(&b->quick, &b->r, &b->m, &b->quick.G);
	assert_int_equal(mbedtls_ecp_point_cmp(&b->r, &b->expected), 0);
}

// Scalars are multiples of 8 from 2^254 on, with 255 bits.
static void base_of_25519(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_CURVE25519);
	random_seed(9);
	for (int i = 0; i < 64; i++) {
		random_scalar(&b, &b.m);
		assert_same_at_base(&b);
		assert_int_equal(mbedtls_mpi_lset(&b.m, 8 * i), 0);
		assert_int_equal(mbedtls_mpi_set_bit(&b.m, 254, 1), 0);
		assert_same_at_base(&b);
		assert_int_equal(mbedtls_mpi_lset(&b.m, 0), 0);
		assert_int_equal(mbedtls_mpi_set_bit(&b.m, 255, 1), 0);
		assert_int_equal(mbedtls_mpi_sub_int(&b.m, &b.m, 8 * (i + 1)), 0);
		assert_same_at_base(&b);
		// A digit, or a tooth of the comb, that is like no other.
		assert_int_equal(mbedtls_mpi_lset(&b.m, 0), 0);
		assert_int_equal(mbedtls_mpi_set_bit(&b.m, 254, 1), 0);
		assert_int_equal(mbedtls_mpi_set_bit(&b.m, 3 + (i * 4) % 251, 1), 0);
		assert_same_at_base(&b);
	}
	tear_down(&b);
}

static void assert_same_sum(bench *b, const mbedtls_ecp_point *p, const mbedtls_ecp_point *q)
{
	int expected = xstls_ecp_muladd_restartable(&b->plain, &b->expected, &b->m, p, &b->n, q, NULL);

	assert_int_equal(xstls_ecp_muladd_restartable(&b->quick, &b->r, &b->m, p, &b->n, q, NULL), expected);
	if (!expected)
		assert_int_equal(mbedtls_ecp_point_cmp(&b->r, &b->expected), 0);
}

static void near(mbedtls_mpi *out, const mbedtls_mpi *order, int difference)
{
	assert_int_equal(difference < 0 ? mbedtls_mpi_add_int(out, order, difference) : mbedtls_mpi_lset(out, difference),
	                 0);
}

// What verifying a signature comes to, and the multiples next to 0 and to the order.
static void sums_on_p256(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	random_seed(256);
	random_scalar(&b, &b.n);
	multiply(&b.quick, &b.p, &b.n, &b.quick.G);
	for (int i = -20; i <= 20; i++) {
		near(&b.m, &b.quick.N, i);
		if (i != 0) {
			assert_same_product(&b);
			assert_same_at_base(&b);
		}
		assert_same_sum(&b, &b.quick.G, &b.p);
		assert_same_sum(&b, &b.p, &b.quick.G);
	}
	tear_down(&b);
}

// P + P, P - P, and P + 2 P on the way.
static void special_sums(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	assert_int_equal(mbedtls_ecp_copy(&b.p, &b.quick.G), 0);
	for (int i = -4; i <= 4; i++) {
		near(&b.m, &b.quick.N, i);
		for (int j = -4; j <= 4; j++) {
			near(&b.n, &b.quick.N, j);
			assert_same_sum(&b, &b.quick.G, &b.p);
		}
	}
	tear_down(&b);
}

static void refused_on(mbedtls_ecp_group_id id)
{
	bench b;

	set_up(&b, id);
	for (int i = -1; i <= 1; i++) {
		assert_int_equal(mbedtls_mpi_add_int(&b.m, &b.quick.N, i), 0);
		if (i >= 0)
			assert_int_equal(mbedtls_ecp_mul(&b.quick, &b.r, &b.m, &b.quick.G, mbedtls_psa_get_random, NULL),
			                 MBEDTLS_ERR_ECP_INVALID_KEY);
	}
	assert_int_equal(mbedtls_mpi_lset(&b.m, 0), 0);
	assert_int_equal(mbedtls_ecp_mul(&b.quick, &b.r, &b.m, &b.quick.G, mbedtls_psa_get_random, NULL),
	                 MBEDTLS_ERR_ECP_INVALID_KEY);
	random_scalar(&b, &b.m);
	assert_int_equal(mbedtls_ecp_copy(&b.p, &b.quick.G), 0);
	assert_int_equal(mbedtls_mpi_add_int(&b.p.X, &b.p.X, 1), 0);
	if (id == MBEDTLS_ECP_DP_SECP256R1)
		assert_int_equal(mbedtls_ecp_mul(&b.quick, &b.r, &b.m, &b.p, mbedtls_psa_get_random, NULL),
		                 MBEDTLS_ERR_ECP_INVALID_KEY);
	assert_int_equal(mbedtls_mpi_lset(&b.p.X, 0), 0);
	assert_int_not_equal(mbedtls_ecp_mul(&b.quick, &b.r, &b.m, &b.p, mbedtls_psa_get_random, NULL), 0);
	assert_int_equal(mbedtls_mpi_set_bit(&b.p.X, 256, 1), 0);
	assert_int_not_equal(mbedtls_ecp_mul(&b.quick, &b.r, &b.m, &b.p, mbedtls_psa_get_random, NULL), 0);
	tear_down(&b);
}

static void refused(void **state)
{
	(void)state;
	refused_on(MBEDTLS_ECP_DP_SECP256R1);
	refused_on(MBEDTLS_ECP_DP_CURVE25519);
}

static void assert_same_inverse(bench *b)
{
	assert_int_equal(xstls_library_mpi_gcd_modinv_odd(NULL, &b->expected.X, &b->m, &b->quick.N), 0);
	assert_int_equal(xstls_mpi_gcd_modinv_odd(NULL, &b->r.X, &b->m, &b->quick.N), 0);
	assert_int_equal(mbedtls_mpi_cmp_mpi(&b->r.X, &b->expected.X), 0);
}

// And what it takes: the inverse of the inverse, numbers of the fewest and most bits set, and in place.
static void inverses(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	random_seed(2);
	for (int i = 0; i < 256; i++) {
		assert_int_equal(mbedtls_mpi_lset(&b.m, 0), 0);
		assert_int_equal(mbedtls_mpi_set_bit(&b.m, i, 1), 0);
		if (mbedtls_mpi_cmp_mpi(&b.m, &b.quick.N) < 0)
			assert_same_inverse(&b);
		assert_int_equal(mbedtls_mpi_sub_mpi(&b.m, &b.quick.N, &b.m), 0);
		assert_same_inverse(&b);
		random_scalar(&b, &b.m);
		assert_same_inverse(&b);
		assert_int_equal(xstls_mpi_gcd_modinv_odd(NULL, &b.r.X, &b.r.X, &b.quick.N), 0);
		assert_int_equal(mbedtls_mpi_cmp_mpi(&b.r.X, &b.m), 0);
	}
	tear_down(&b);
}

static void are_taken(void **state)
{
	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		pair both = pair_of(config_server("ec256", version), config_client(version));

		products_made = (products){0};
		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
		// Two public keys and two shared secrets; a signature is made, and those of the chain are verified.
		assert_int_equal(products_made.x25519_base, 2);
		assert_int_equal(products_made.x25519, 2);
		assert_int_equal(products_made.p256, 1);
		assert_true(products_made.sums >= 1);
		assert_int_equal(products_made.inverses, 1 + products_made.sums);
		assert_int_equal(products_made.library, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a handshake takes them on both curves", are_taken),
	    TEST("products on P-256 are those of mbedTLS's own code", same_on_p256),
	    TEST("products on Curve25519 are those of mbedTLS's own code", same_on_25519),
	    TEST("products of Curve25519's base point, with the least and greatest scalars", base_of_25519),
	    TEST("sums of products on P-256, with multiples next to 0 and the order", sums_on_p256),
	    TEST("sums of P + P, P - P, and the point at infinity", special_sums),
	    TEST("scalars and points that are none are refused", refused),
	    TEST("inverses modulo the order of P-256 are those of mbedTLS's own code", inverses),
	};

	return cmocka_run_group_tests_name("products on curves", tests, NULL, NULL);
}
