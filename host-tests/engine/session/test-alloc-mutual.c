// Handshakes in which the client shows a certificate.

#include "alloc-faults.h"
#include "fixture.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

#define FAULTS(kind)                                                                                                   \
	{                                                                                                                  \
		"A5 E9 every allocation fails, " kind ": FAIL or all is well", check, NULL, NULL, kind                         \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FAULTS("mutual 1.2"),
	    FAULTS("mutual 1.3"),
	};

	return cmocka_run_group_tests_name("allocation faults: client certificates", tests, NULL, NULL);
}
