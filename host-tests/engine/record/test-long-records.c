// Row Z12: a record that has begun holds its block until all of it has come. One long one may begin at any time, more
// only with what a handshake takes beside them.

#include "fixture.h"

#include "port/tls-port-heap.h"
#include "record/tls-records.h"
#include "record/tls-record-limits.h"

enum { RESERVE = 8000, LONG = 16384 + 17 };

static const xstls_suite suite;
static size_t free_heap;

xstls_port_heap __wrap_xstls_port_measure_heap(void);
xstls_port_heap __wrap_xstls_port_measure_heap(void)
{
	return (xstls_port_heap){.free = free_heap, .largest_block = free_heap};
}

static xstls_records *waiting(void)
{
	xstls_records *records = xstls_records_new(&suite, TLS_1_2, TLS_RECORD_MOST, TLS_RECORD_MOST);

	assert_non_null(records);
	records->reserve = RESERVE;
	return records;
}

// Whether the header of a record of that length is taken.
static bool begins(xstls_records *records, size_t length)
{
	const uint8_t header[TLS_RECORD_HEADER] = {TLS_APPLICATION_DATA, 3, 3, (uint8_t)(length >> 8), (uint8_t)length};
	size_t taken, at = records->record.header_length;

	assert_int_equal(xstls_records_take(records, header + at, sizeof(header) - at, &taken), TLS_E_NONE);
	return at + taken == sizeof(header);
}

static void one_and_more(void **state)
{
	xstls_records *first = waiting(), *second = waiting(), *third = waiting();

	(void)state;
	free_heap = 0;
	assert_true(begins(first, LONG));
	assert_false(begins(second, LONG));
	assert_true(begins(third, TLS_RECORD_SHORT));
	free_heap = LONG + RESERVE - 1;
	assert_false(begins(second, LONG));
	free_heap++;
	assert_true(begins(second, LONG));
	free_heap = 0;
	xstls_records_clear(third);
	// Whichever of the two goes: one is still there.
	xstls_records_free(first);
	assert_false(begins(third, LONG));
	xstls_records_clear(second);
	assert_true(begins(third, LONG));
	assert_false(begins(second, LONG));
	xstls_records_free(third);
	assert_true(begins(second, LONG));
	xstls_records_free(second);
}

// One whose block there is no memory for does not count.
static void without_memory(void **state)
{
	xstls_records *first = waiting(), *second = waiting();
	const uint8_t header[TLS_RECORD_HEADER] = {TLS_APPLICATION_DATA, 3, 3, LONG >> 8, LONG & 255};
	size_t taken;

	(void)state;
	free_heap = 0;
	xstls_alloc_fail_at(1, 0);
	assert_int_equal(xstls_records_take(first, header, sizeof(header), &taken), TLS_E_MEMORY);
	xstls_records_free(first);
	assert_true(begins(second, LONG));
	xstls_records_free(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z12 one long record may begin at any time, more with memory for a handshake beside them", one_and_more),
	    TEST("Z12 a long record for whose block there is no memory does not count", without_memory),
	};

	return cmocka_run_group_tests_name("long records", tests, NULL, NULL);
}
