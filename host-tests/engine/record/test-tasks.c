// What tasks share, as a Worker's TLS and that of the main task do.

#include <pthread.h>

#include "fixture.h"

#include "port/tls-port-count.h"

enum { TURNS = 10000000, LONG = 20000 };

static void *add_and_take(void *number)
{
	for (int turn = 0; turn < TURNS; turn++) {
		xstls_port_add(number, 1);
		xstls_port_add(number, SIZE_MAX);
	}
	return NULL;
}

static void count(void **state)
{
	size_t number = 7;
	pthread_t tasks[2];

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&tasks[i], NULL, add_and_take, &number), 0);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_join(tasks[i], NULL), 0);
	assert_int_equal(number, 7);
}

static void *is_shortened(void *answer)
{
	void *block;

	xstls_alloc_shorten(LONG, 100);
	block = xstls_library_calloc(1, LONG);
	*(bool *)answer = xstls_alloc_has_shortened(block);
	xstls_free(block);
	return NULL;
}

static bool another_is_shortened(void)
{
	bool answer = true;
	pthread_t task;

	assert_int_equal(pthread_create(&task, NULL, is_shortened, &answer), 0);
	assert_int_equal(pthread_join(task, NULL), 0);
	return answer;
}

static void shortened_blocks(void **state)
{
	void *block;

	(void)state;
	xstls_alloc_shorten(LONG, 100);
	assert_false(another_is_shortened());
	block = xstls_library_calloc(1, LONG);
	assert_false(another_is_shortened());
	assert_true(xstls_alloc_has_shortened(block));
	xstls_free(block);
	assert_true(another_is_shortened());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z12 a count of two tasks is exact", count),
	    TEST("Z12 a block that one task wants shorter is its own alone", shortened_blocks),
	};

	return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
