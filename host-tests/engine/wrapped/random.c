// Stands in, by the linker's --wrap, for the generator behind PSA. Any generator with no short cycle will do.

#include "random.h"

static uint64_t state = 1;

void random_seed(uint64_t seed)
{
	state = seed;
}

uint64_t random_swap(uint64_t other)
{
	uint64_t until_now = state;

	state = other;
	return until_now;
}

static uint64_t next(void)
{
	uint64_t mixed;

	state += 0x9E3779B97F4A7C15u;
	mixed = (state ^ (state >> 32)) * 0xD6E8FEB86659FD93u;
	mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93u;
	return mixed ^ (mixed >> 32);
}

void random_bytes(uint8_t *out, size_t length)
{
	for (size_t i = 0; i < length; i++)
		out[i] = (uint8_t)(next() >> 24);
}

int __wrap_mbedtls_ctr_drbg_random(void *generator, unsigned char *out, size_t length);

int __wrap_mbedtls_ctr_drbg_random(void *generator, unsigned char *out, size_t length)
{
	(void)generator;
	random_bytes(out, length);
	return 0;
}
