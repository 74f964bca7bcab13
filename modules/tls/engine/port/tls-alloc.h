// The one allocator of the engine and of mbedTLS. With TLS_ALLOC_COUNT (desk builds) it counts requested bytes
// exactly and can be told to fail; without, it is calloc and free.

#ifndef TLS_ALLOC_H
#define TLS_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

// Zeroed memory, NULL when there is none.
void *xstls_calloc(size_t count, size_t size);
void xstls_free(void *block);

// mbedTLS's calloc: the first allocation of at least `from` bytes after xstls_alloc_shorten is made `to` bytes long.
// Another task's are not, for it may be in mbedTLS at the same time; nor are this one's while another waits for its
// own.
void *xstls_library_calloc(size_t count, size_t size);
void xstls_alloc_shorten(size_t from, size_t to);
// Ends that; whether `block` was made shorter by it.
bool xstls_alloc_has_shortened(const void *block);

// Whether an allocation has failed since the last xstls_alloc_clear_failure. mbedTLS often reports a lack of memory as
// "invalid key" and the like: clear before calling it, and ask when it has failed.
bool xstls_alloc_has_failed(void);
void xstls_alloc_clear_failure(void);

typedef struct {
	size_t bytes;  // in use now, as requested, without the allocator's own overhead
	size_t peak;   // most that was in use since the last xstls_alloc_mark_peak
	size_t blocks; // in use now
	size_t calls;  // allocations asked for since the start
} xstls_alloc_counters;

// All zero unless built with TLS_ALLOC_COUNT.
xstls_alloc_counters xstls_alloc_count(void);
void xstls_alloc_mark_peak(void);

// Forced fault: the n-th allocation from now returns NULL, and so do all after it when `forever`; 0 forces nothing.
void xstls_alloc_fail_at(size_t n, int forever);

#endif
