// Rows B9, E9: memory runs out while a configuration takes a key that PSA holds, at each allocation.

#include "fixture.h"
#include "opaque-keys.h"

static void out_of_memory(void **state)
{
	const char *name = *state;
	uint32_t id = opaque_signing_key(name);
	xstls_error error = TLS_E_MEMORY;
	xstls_alloc_counters before;

	warm_up();
	before = xstls_alloc_count();
	for (size_t n = 1; n == 1 || error != TLS_E_NONE; n++) {
		xstls_config *config = xstls_config_new();

		xstls_alloc_fail_at(n, false);
		error = opaque_key_add(config, name, id);
		xstls_alloc_fail_at(0, false);
		xstls_config_release(config);
		if (error != TLS_E_NONE)
			assert_int_equal(error, TLS_E_MEMORY);
		assert_same_memory(before);
	}
	psa_destroy_key(id);
}

#define OUT_OF_MEMORY(name)                                                                                            \
	{                                                                                                                  \
		"B9 E9 out of memory at each allocation, " name, out_of_memory, NULL, NULL, (void *)(uintptr_t)name            \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {OUT_OF_MEMORY("ec256"), OUT_OF_MEMORY("ec384"), OUT_OF_MEMORY("rsa2048")};

	return cmocka_run_group_tests_name("alloc opaque key", tests, NULL, NULL);
}
