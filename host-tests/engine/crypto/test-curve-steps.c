// tls-curve-*.c beside mbedTLS's own curve code, and in the cases that a multiplication does not come to.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "fixture.h"
#include "pair.h"

#include "curve-steps.h"
#include "mbedtls/ecp.h"
#include "mbedtls/psa_util.h"
#include "psa/crypto.h"
#include "random.h"
#include <../library/ecp_internal_alt.h>

enum { ROUNDS = 40 };

typedef struct {
	mbedtls_ecp_group quick, plain; // the second has no id, so mbedTLS does not ask for steps on it
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

// What verifying a signature comes to, and the multiples next to 0 and to the order.
static void sums_on_p256(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	random_seed(256);
	random_scalar(&b, &b.n);
	multiply(&b.quick, &b.p, &b.n, &b.quick.G);
	for (int i = -3; i <= 3; i++) {
		if (i < 0)
			assert_int_equal(mbedtls_mpi_add_int(&b.m, &b.quick.N, i), 0);
		else
			assert_int_equal(mbedtls_mpi_lset(&b.m, i), 0);
		if (i != 0)
			assert_same_product(&b);
		assert_int_equal(mbedtls_ecp_muladd(&b.plain, &b.expected, &b.m, &b.p, &b.n, &b.quick.G), 0);
		assert_int_equal(mbedtls_ecp_muladd(&b.quick, &b.r, &b.m, &b.p, &b.n, &b.quick.G), 0);
		assert_int_equal(mbedtls_ecp_point_cmp(&b.r, &b.expected), 0);
	}
	tear_down(&b);
}

static void add(bench *b)
{
	assert_int_equal(mbedtls_internal_ecp_add_mixed(&b->quick, &b->r, &b->p, &b->q), 0);
	if (!mbedtls_ecp_is_zero(&b->r))
		assert_int_equal(mbedtls_internal_ecp_normalize_jac(&b->quick, &b->r), 0);
}

static void special_sums(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	assert_int_equal(mbedtls_ecp_copy(&b.p, &b.quick.G), 0);
	assert_int_equal(mbedtls_ecp_copy(&b.q, &b.quick.G), 0);
	assert_int_equal(mbedtls_mpi_lset(&b.m, 2), 0);
	multiply(&b.plain, &b.expected, &b.m, &b.p);
	add(&b);
	assert_int_equal(mbedtls_ecp_point_cmp(&b.r, &b.expected), 0);
	assert_int_equal(mbedtls_mpi_sub_mpi(&b.q.Y, &b.quick.P, &b.p.Y), 0);
	add(&b);
	assert_true(mbedtls_ecp_is_zero(&b.r));
	assert_int_equal(mbedtls_internal_ecp_double_jac(&b.quick, &b.r, &b.r), 0);
	assert_true(mbedtls_ecp_is_zero(&b.r));
	assert_int_not_equal(mbedtls_internal_ecp_normalize_jac(&b.quick, &b.r), 0);
	assert_int_equal(mbedtls_ecp_set_zero(&b.q), 0);
	add(&b);
	assert_int_equal(mbedtls_ecp_point_cmp(&b.r, &b.p), 0);
	assert_int_equal(mbedtls_internal_ecp_add_mixed(&b.quick, &b.r, &b.q, &b.p), 0);
	assert_int_equal(mbedtls_ecp_point_cmp(&b.r, &b.p), 0);
	tear_down(&b);
}

static void refused_points(void **state)
{
	bench b;

	(void)state;
	set_up(&b, MBEDTLS_ECP_DP_SECP256R1);
	assert_int_equal(mbedtls_ecp_copy(&b.p, &b.quick.G), 0);
	assert_int_equal(mbedtls_ecp_copy(&b.q, &b.quick.G), 0);
	assert_int_equal(mbedtls_mpi_lset(&b.q.Z, 2), 0);
	assert_int_not_equal(mbedtls_internal_ecp_add_mixed(&b.quick, &b.r, &b.p, &b.q), 0);
	assert_int_not_equal(mbedtls_internal_ecp_double_jac(&b.quick, &b.r, &b.q), 0);
	assert_int_equal(mbedtls_mpi_set_bit(&b.p.X, 256, 1), 0);
	assert_int_not_equal(mbedtls_internal_ecp_double_jac(&b.quick, &b.r, &b.p), 0);
	assert_int_equal(mbedtls_mpi_lset(&b.p.X, -1), 0);
	assert_int_not_equal(mbedtls_internal_ecp_double_jac(&b.quick, &b.r, &b.p), 0);
	tear_down(&b);
	set_up(&b, MBEDTLS_ECP_DP_CURVE25519);
	assert_int_equal(mbedtls_mpi_lset(&b.p.X, 9), 0);
	assert_int_equal(mbedtls_mpi_lset(&b.p.Z, 0), 0);
	assert_int_not_equal(mbedtls_internal_ecp_normalize_mxz(&b.quick, &b.p), 0);
	assert_int_equal(mbedtls_mpi_set_bit(&b.p.Z, 255, 1), 0);
	assert_int_not_equal(mbedtls_internal_ecp_randomize_mxz(&b.quick, &b.p, mbedtls_psa_get_random, NULL), 0);
	tear_down(&b);
}

static void are_taken(void **state)
{
	(void)state;
	for (uint16_t version = TLS12; version <= TLS13; version++) {
		pair both = pair_of(config_server("ec256", version), config_client(version));

		curve_steps_done = (curve_steps){0};
		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
		// Two public keys and two shared secrets; a signature is made, and those of the chain are verified.
		assert_int_equal(curve_steps_done.x25519, 4 * 255);
		assert_true(curve_steps_done.p256 > 300);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a handshake takes them on both curves", are_taken),
	    TEST("products on P-256 are those of mbedTLS's own code", same_on_p256),
	    TEST("products on Curve25519 are those of mbedTLS's own code", same_on_25519),
	    TEST("sums of products on P-256, with multiples next to 0 and the order", sums_on_p256),
	    TEST("P + P, P - P, and the point at infinity", special_sums),
	    TEST("numbers and points that they are not for are refused", refused_points),
	};

	return cmocka_run_group_tests_name("curve steps", tests, NULL, NULL);
}
