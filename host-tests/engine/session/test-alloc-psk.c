// Handshakes by pre-shared keys.

#include "alloc-faults.h"
#include "fixture.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

#define FAULTS(kind)                                                                                                   \
	{                                                                                                                  \
		"C4 E9 every allocation fails, " kind ": FAIL or all is well", check, NULL, NULL, kind                         \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FAULTS("PSK 1.2"),
	    FAULTS("ECDHE-PSK 1.2"),
	    FAULTS("PSK 1.3"),
	};

	return cmocka_run_group_tests_name("allocation faults: pre-shared keys", tests, NULL, NULL);
}
