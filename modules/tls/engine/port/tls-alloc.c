// The size of a block stands in a header before it, so that freeing can be counted exactly on any C library.

#include "tls-alloc.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "tls-port-count.h"
#include "tls-port-heap.h"

static bool has_failed;

typedef struct {
	size_t from; // 0 while none is wanted
	size_t to;
	const void *block;
	const int *task; // each has an errno of its own
} shortening;

static shortening wanted;
// Whose it is: of one task at a time.
static size_t wanting;

bool xstls_alloc_has_failed(void)
{
	return has_failed;
}

void xstls_alloc_clear_failure(void)
{
	has_failed = false;
}

void *xstls_library_calloc(size_t count, size_t size)
{
	if (wanted.task != &errno || !wanted.from || count != 1 || size < wanted.from)
		return xstls_calloc(count, size);
	wanted.from = 0;
	wanted.block = xstls_calloc(1, wanted.to);
	return (void *)wanted.block;
}

void xstls_alloc_shorten(size_t from, size_t to)
{
	if (xstls_port_add(&wanting, 1))
		xstls_port_add(&wanting, SIZE_MAX);
	else
		wanted = (shortening){.from = from, .to = to, .task = &errno};
}

bool xstls_alloc_has_shortened(const void *block)
{
	bool is_it;

	if (wanted.task != &errno)
		return false;
	is_it = block && block == wanted.block;
	wanted = (shortening){0};
	xstls_port_add(&wanting, SIZE_MAX);
	return is_it;
}

#ifdef TLS_ALLOC_COUNT

typedef union {
	size_t size;
	max_align_t align;
} block_header;

static xstls_alloc_counters counters;
static size_t fail_at;
static int fail_forever;

static int must_fail(void)
{
	if (fail_at == 0)
		return 0;
	if (fail_at > 1) {
		fail_at--;
		return 0;
	}
	if (!fail_forever)
		fail_at = 0;
	return 1;
}

void *xstls_calloc(size_t count, size_t size)
{
	block_header *header;

	counters.calls++;
	if (must_fail() || (size && count > (SIZE_MAX - sizeof(block_header)) / size))
		header = NULL;
	else
		header = calloc(1, sizeof(block_header) + count * size);
	if (!header) {
		has_failed = true;
		return NULL;
	}
	header->size = count * size;
	counters.blocks++;
	counters.bytes += header->size;
	if (counters.bytes > counters.peak)
		counters.peak = counters.bytes;
	return header + 1;
}

void xstls_free(void *block)
{
	block_header *header;

	if (!block)
		return;
	header = (block_header *)block - 1;
	counters.blocks--;
	counters.bytes -= header->size;
	free(header);
}

xstls_alloc_counters xstls_alloc_count(void)
{
	return counters;
}

void xstls_alloc_mark_peak(void)
{
	counters.peak = counters.bytes;
}

void xstls_alloc_fail_at(size_t n, int forever)
{
	fail_at = n;
	fail_forever = forever;
}

#else

void *xstls_calloc(size_t count, size_t size)
{
	void *block = NULL;

	if ((!size || count <= SIZE_MAX / size) && xstls_port_has_heap(count * size))
		block = calloc(count, size);

	if (!block)
		has_failed = true;
	return block;
}

void xstls_free(void *block)
{
	free(block);
}

xstls_alloc_counters xstls_alloc_count(void)
{
	return (xstls_alloc_counters){0};
}

void xstls_alloc_mark_peak(void)
{
}

void xstls_alloc_fail_at(size_t n, int forever)
{
	(void)n;
	(void)forever;
}

#endif
