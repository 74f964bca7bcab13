#include "fixture.h"

#include "record/tls-outbox.h"

static void bytes_come_out_as_they_went_in(void **state)
{
	uint8_t out[10] = {0};
	xstls_outbox outbox = {0};

	(void)state;
	assert_int_equal(xstls_outbox_take(&outbox, out, sizeof(out)), 0);
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"abc", 3));
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"d", 1));
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"efgh", 4));
	assert_int_equal(outbox.pending, 8);
	assert_int_equal(xstls_outbox_take(&outbox, out, 0), 0);
	assert_int_equal(xstls_outbox_take(&outbox, out, 2), 2);
	assert_int_equal(xstls_outbox_take(&outbox, out + 2, 3), 3);
	assert_int_equal(outbox.pending, 3);
	assert_int_equal(xstls_outbox_take(&outbox, out + 5, 5), 3);
	assert_memory_equal(out, "abcdefgh", 8);
	assert_int_equal(outbox.pending, 0);
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"i", 1));
	assert_int_equal(xstls_outbox_take(&outbox, out, 1), 1);
	assert_int_equal(out[0], 'i');
	xstls_outbox_clear(&outbox);
}

static void bytes_are_looked_at_where_they_stand(void **state)
{
	xstls_outbox outbox = {0};
	xstls_alloc_counters before = xstls_alloc_count();
	size_t length = 1;

	(void)state;
	assert_null(xstls_outbox_look(&outbox, &length));
	assert_int_equal(length, 0);
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"abc", 3));
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"d", 1));
	assert_memory_equal(xstls_outbox_look(&outbox, &length), "abc", 3);
	assert_int_equal(length, 3);
	xstls_outbox_skip(&outbox, 2);
	assert_int_equal(outbox.pending, 2);
	assert_int_equal(*xstls_outbox_look(&outbox, &length), 'c');
	assert_int_equal(length, 1);
	xstls_outbox_skip(&outbox, 1);
	assert_int_equal(*xstls_outbox_look(&outbox, &length), 'd');
	xstls_outbox_skip(&outbox, 1);
	assert_int_equal(outbox.pending, 0);
	assert_null(xstls_outbox_look(&outbox, &length));
	assert_same_memory(before);
}

static void a_block_is_freed_as_soon_as_it_is_empty(void **state)
{
	uint8_t out[100];
	xstls_outbox outbox = {0};
	xstls_alloc_counters before = xstls_alloc_count();

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(xstls_outbox_put(&outbox, out, 10));
	assert_int_equal(xstls_alloc_count().blocks, before.blocks + 3);
	xstls_outbox_take(&outbox, out, 19);
	assert_int_equal(xstls_alloc_count().blocks, before.blocks + 2);
	xstls_outbox_take(&outbox, out, 1);
	assert_int_equal(xstls_alloc_count().blocks, before.blocks + 1);
	xstls_outbox_clear(&outbox);
	assert_int_equal(outbox.pending, 0);
	xstls_outbox_clear(&outbox);
	assert_same_memory(before);
}

static void no_memory_changes_nothing(void **state)
{
	uint8_t out[4];
	xstls_outbox outbox = {0};
	xstls_alloc_counters before = xstls_alloc_count();

	(void)state;
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"ab", 2));
	xstls_alloc_fail_at(1, 0);
	assert_false(xstls_outbox_put(&outbox, (const uint8_t *)"xx", 2));
	assert_int_equal(outbox.pending, 2);
	assert_true(xstls_outbox_put(&outbox, (const uint8_t *)"cd", 2));
	assert_int_equal(xstls_outbox_take(&outbox, out, sizeof(out)), 4);
	assert_memory_equal(out, "abcd", 4);
	assert_same_memory(before);
}

static void every_length_against_every_capacity(void **state)
{
	enum { MOST = 20 };
	uint8_t data[MOST], out[3 * MOST];

	(void)state;
	for (uint8_t i = 0; i < MOST; i++)
		data[i] = i;
	for (size_t length = 0; length <= MOST; length++) {
		for (size_t capacity = 1; capacity <= MOST; capacity++) {
			xstls_outbox outbox = {0};
			size_t total = 0, count;

			for (int i = 0; i < 3; i++)
				assert_true(xstls_outbox_put(&outbox, data, length));
			while ((count = xstls_outbox_take(&outbox, out + total, capacity)) > 0)
				total += count;
			assert_int_equal(total, 3 * length);
			for (size_t i = 0; i < total; i++)
				assert_int_equal(out[i], i % length);
			xstls_outbox_clear(&outbox);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("outbox: bytes come out in order, across blocks", bytes_come_out_as_they_went_in),
	    TEST("outbox: bytes are looked at where they stand", bytes_are_looked_at_where_they_stand),
	    TEST("outbox: a block is freed as soon as it is empty", a_block_is_freed_as_soon_as_it_is_empty),
	    TEST("E9 outbox: no memory changes nothing", no_memory_changes_nothing),
	    TEST("outbox: every length of block against every capacity", every_length_against_every_capacity),
	};

	return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
