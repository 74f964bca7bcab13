// Resumed handshakes; one that cannot be resumed for lack of memory may come about in full.

#include "alloc-faults.h"
#include "fixture.h"

static void check(void **state)
{
	alloc_faults_check(*state);
}

#define FAULTS(kind)                                                                                                   \
	{                                                                                                                  \
		"A4 B6 E9 every allocation fails, " kind ": FAIL or all is well", check, NULL, NULL, kind                      \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FAULTS("cache 1.2"),
	    FAULTS("ticket 1.2"),
	    FAULTS("ticket 1.3"),
	};

	return cmocka_run_group_tests_name("allocation faults: resumed handshakes", tests, NULL, NULL);
}
