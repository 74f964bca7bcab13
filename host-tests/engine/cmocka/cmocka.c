#include "cmocka.h"

jmp_buf cmocka_after_failure;

int cmocka_run(const char *group, const struct CMUnitTest *tests, size_t count, CMFixtureFunction group_setup,
               CMFixtureFunction group_teardown)
{
	static volatile int failed;
	void *state = NULL;

	printf("1..%zu\n", count);
	if (group_setup && group_setup(&state))
		return 1;
	for (volatile size_t i = 0; i < count; i++) {
		volatile int is_good = 0;

		state = tests[i].initial_state;
		// What fails comes back here, from wherever it was, and nothing of the test is good before its end.
		if (setjmp(cmocka_after_failure) == 0 && (!tests[i].setup_func || tests[i].setup_func(&state) == 0)) {
			tests[i].test_func(&state);
			is_good = !tests[i].teardown_func || tests[i].teardown_func(&state) == 0;
		}
		failed += !is_good;
		printf("%s %zu - %s\n", is_good ? "ok" : "not ok", i + 1, tests[i].name);
		fflush(stdout);
	}
	if (group_teardown && group_teardown(&state))
		failed++;
	printf("# %s: %d failed\n", group, failed);
	return failed;
}
