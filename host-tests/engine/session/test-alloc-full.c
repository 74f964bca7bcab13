// Handshakes with certificates, in full.

#include "alloc-faults.h"
#include "fixture.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

#define FAULTS(kind)                                                                                                   \
	{                                                                                                                  \
		"Z1 E9 every allocation fails, " kind ": FAIL or all is well", check, NULL, NULL, kind                         \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FAULTS("EC 1.2"),
	    FAULTS("EC 1.3"),
	    FAULTS("RSA 1.2"),
	    FAULTS("RSA 1.3"),
	};

	return cmocka_run_group_tests_name("allocation faults: full handshakes", tests, NULL, NULL);
}
