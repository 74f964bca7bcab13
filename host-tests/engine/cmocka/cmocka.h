// The few names of cmocka that the engine tests use, for the 32-bit build: Debian has no 32-bit cmocka beside the
// 64-bit one. Output is TAP.

#ifndef ENGINE_M32_CMOCKA_H
#define ENGINE_M32_CMOCKA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*CMUnitTestFunction)(void **state);
typedef int (*CMFixtureFunction)(void **state);

struct CMUnitTest {
	const char *name;
	CMUnitTestFunction test_func;
	CMFixtureFunction setup_func;
	CMFixtureFunction teardown_func;
	void *initial_state;
};

extern jmp_buf cmocka_after_failure;

#define fail_msg(...)                                                                                                  \
	(printf("# %s:%d: ", __FILE__, __LINE__), printf(__VA_ARGS__), puts(""), longjmp(cmocka_after_failure, 1))
#define print_message(...) (printf("# "), printf(__VA_ARGS__))
#define assert_true(condition)                                                                                         \
	do {                                                                                                               \
		if (!(condition))                                                                                              \
			fail_msg("%s", #condition);                                                                                \
	} while (0)
#define assert_false(condition) assert_true(!(condition))
#define assert_non_null(pointer) assert_true((pointer) != NULL)
#define assert_null(pointer) assert_true((pointer) == NULL)
#define assert_int_equal(a, b)                                                                                         \
	do {                                                                                                               \
		long long left_ = (long long)(a), right_ = (long long)(b);                                                     \
		if (left_ != right_)                                                                                           \
			fail_msg("%s: %lld != %lld", #a, left_, right_);                                                           \
	} while (0)
#define assert_int_not_equal(a, b) assert_true((long long)(a) != (long long)(b))
#define assert_in_range(value, least, most)                                                                            \
	assert_true((long long)(value) >= (long long)(least) && (long long)(value) <= (long long)(most))
#define assert_memory_not_equal(a, b, size) assert_true(memcmp(a, b, size) != 0)
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)

#define cmocka_run_group_tests_name(group, tests, group_setup, group_teardown)                                         \
	cmocka_run(group, tests, sizeof(tests) / sizeof((tests)[0]), group_setup, group_teardown)

int cmocka_run(const char *group, const struct CMUnitTest *tests, size_t count, CMFixtureFunction group_setup,
               CMFixtureFunction group_teardown);

#endif
