// crypto/numbers/tls-power.c and tls-montgomery.c beside mbedTLS's own powers.

#include "fixture.h"

#include "crypto/numbers/tls-montgomery.h"
#include "crypto/numbers/tls-power.h"
#include "port/tls-port-crypto.h"
#include "psa/crypto.h"
#include "random.h"

enum { MOST = 64, MOST_ROOM = 64 * 68 };

typedef mbedtls_mpi_uint limb;

// mbedTLS's own, which it declares in no public header.
int mbedtls_mpi_core_get_mont_r2_unsafe(mbedtls_mpi *out, const mbedtls_mpi *n);
void mbedtls_mpi_core_exp_mod(limb *x, const limb *a, const limb *n, size_t limbs, const limb *e, size_t e_limbs,
                              const limb *radix_squared, limb *working);

typedef struct {
	limb n[MOST], a[MOST], e[MOST], radix_squared[MOST];
} example;

static void fill(limb *number, size_t limbs)
{
	assert_int_equal(psa_generate_random((uint8_t *)number, limbs * sizeof(limb)), PSA_SUCCESS);
}

static example example_of(size_t limbs, size_t e_limbs)
{
	example x = {0};

	fill(x.n, limbs);
	x.n[0] |= 1;
	x.n[limbs - 1] |= (limb)1 << (8 * sizeof(limb) - 1);
	fill(x.a, limbs);
	x.a[limbs - 1] &= ~((limb)1 << (8 * sizeof(limb) - 1));
	fill(x.e, e_limbs);
	return x;
}

static void set_radix_squared(example *x, size_t limbs)
{
	mbedtls_mpi n, square;

	mbedtls_mpi_init(&n);
	mbedtls_mpi_init(&square);
	assert_int_equal(mbedtls_mpi_read_binary_le(&n, (const uint8_t *)x->n, limbs * sizeof(limb)), 0);
	assert_int_equal(mbedtls_mpi_core_get_mont_r2_unsafe(&square, &n), 0);
	assert_int_equal(mbedtls_mpi_write_binary_le(&square, (uint8_t *)x->radix_squared, limbs * sizeof(limb)), 0);
	mbedtls_mpi_free(&n);
	mbedtls_mpi_free(&square);
}

static void assert_same_power(example *x, size_t limbs, size_t e_limbs)
{
	limb expected[MOST], result[MOST], room[MOST_ROOM];

	set_radix_squared(x, limbs);
	mbedtls_mpi_core_exp_mod(expected, x->a, x->n, limbs, x->e, e_limbs, x->radix_squared, room);
	assert_true(xstls_mpi_core_exp_mod_working_limbs(limbs, e_limbs) <= MOST_ROOM);
	xstls_mpi_core_exp_mod(result, x->a, x->n, limbs, x->e, e_limbs, x->radix_squared, room);
	assert_memory_equal(result, expected, limbs * sizeof(limb));
	// In place, as mbedTLS asks for it.
	memcpy(result, x->a, limbs * sizeof(limb));
	xstls_mpi_core_exp_mod(result, result, x->n, limbs, x->e, e_limbs, x->radix_squared, room);
	assert_memory_equal(result, expected, limbs * sizeof(limb));
}

static void random_powers(void **state)
{
	(void)state;
	assert_true(xstls_port_start());
	random_seed(2048);
	for (size_t limbs = 1; limbs <= 33; limbs++)
		for (size_t e_limbs = 1; e_limbs <= 5; e_limbs++) {
			example x = example_of(limbs, e_limbs);

			assert_same_power(&x, limbs, e_limbs);
		}
	for (size_t limbs = 48; limbs <= MOST; limbs += 16) {
		example x = example_of(limbs, limbs / 2 + 4);

		assert_same_power(&x, limbs, limbs / 2 + 4);
	}
}

// Exponents, bases and moduli of nothing but zeros and ones, and what is next to them.
static void special_powers(void **state)
{
	(void)state;
	assert_true(xstls_port_start());
	random_seed(65537);
	for (size_t limbs = 1; limbs <= 17; limbs += 4)
		for (unsigned kind = 0; kind < 3 * 4 * 2; kind++) {
			example x = example_of(limbs, 2);

			if (kind % 2)
				memset(x.n, 0xff, limbs * sizeof(limb));
			if (kind / 2 % 4 < 2)
				memset(x.a, 0, limbs * sizeof(limb));
			if (kind / 2 % 4 == 1)
				x.a[0] = 1;
			if (kind / 2 % 4 == 2) {
				memcpy(x.a, x.n, limbs * sizeof(limb));
				x.a[0]--;
			}
			if (kind / 8)
				memset(x.e, kind / 8 == 1 ? 0 : 0xff, 2 * sizeof(limb));
			assert_same_power(&x, limbs, 2);
		}
}

static void squares(void **state)
{
	limb t[2 * MOST], square[MOST], product[MOST];

	(void)state;
	assert_true(xstls_port_start());
	random_seed(3);
	for (size_t limbs = 1; limbs <= MOST; limbs++) {
		const example x = example_of(limbs, 1);
		const xstls_montgomery m = xstls_montgomery_of(x.n, limbs, t);

		xstls_montgomery_square(square, x.a, &m);
		xstls_montgomery_multiply(product, x.a, x.a, &m);
		assert_memory_equal(square, product, limbs * sizeof(limb));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("of numbers of 1 to 64 limbs, by exponents of all windows", random_powers),
	    TEST("of 0, 1 and -1, modulo ones, by zeros and ones", special_powers),
	    TEST("a square is the product with itself", squares),
	};

	return cmocka_run_group_tests_name("powers", tests, NULL, NULL);
}
