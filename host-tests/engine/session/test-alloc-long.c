// Handshakes with a chain that is longer than what mbedTLS can write, and with records that are cut up.

#include "alloc-faults.h"
#include "fixture.h"

#include "record-limit.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

static void check_short(void **state)
{
	record_limit_set(150);
	alloc_faults_check(*state);
	record_limit_set(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    {"B3 E9 every allocation fails, long chain 1.2: FAIL or all is well", check, NULL, NULL, "long chain 1.2"},
	    {"B3 E9 every allocation fails, long chain 1.3: FAIL or all is well", check, NULL, NULL, "long chain 1.3"},
	    {"A1 E9 every allocation fails, short records: FAIL or all is well", check_short, NULL, NULL, "mutual 1.3"},
	};

	return cmocka_run_group_tests_name("allocation faults: long messages", tests, NULL, NULL);
}
