// Handshakes that take a turn more: another group is asked for, an identity is chosen.

#include "alloc-faults.h"
#include "fixture.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

#define FAULTS(kind)                                                                                                   \
	{                                                                                                                  \
		"Z1 B4 E9 every allocation fails, " kind ": FAIL or all is well", check, NULL, NULL, kind                      \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FAULTS("retry 1.3"),
	    FAULTS("selection"),
	};

	return cmocka_run_group_tests_name("allocation faults: turns", tests, NULL, NULL);
}
