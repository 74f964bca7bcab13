// Stands before xstls_calloc and mbedTLS's xstls_library_calloc by the linker's --wrap: the latter calls the former
// within one object, where the linker wraps nothing. Its own memory is outside the counters.

#include "call-paths.h"

#include <assert.h>
#include <execinfo.h>
#include <stdint.h>
#include <string.h>

enum { MOST_PATHS = 1 << 14 };

typedef struct {
	uint64_t stack;
	size_t first;
	size_t last;
} call_path;

static call_path paths[MOST_PATHS];
static size_t path_count;
static size_t call_count;
static int most_frames; // 0 while nothing is recorded

void *__real_xstls_calloc(size_t count, size_t size);
void *__wrap_xstls_calloc(size_t count, size_t size);
void *__real_xstls_library_calloc(size_t count, size_t size);
void *__wrap_xstls_library_calloc(size_t count, size_t size);

static uint64_t hash_of_stack(void)
{
	void *frames[CALL_PATHS_DEEPEST];
	int depth = backtrace(frames, CALL_PATHS_DEEPEST);
	uint64_t hash = 0xCBF29CE484222325u;

	for (int i = depth > most_frames ? depth - most_frames : 0; i < depth; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 0x100000001B3u;
	return hash;
}

static void note(uint64_t stack)
{
	call_count++;
	for (size_t i = 0; i < path_count; i++) {
		if (paths[i].stack == stack) {
			paths[i].last = call_count;
			return;
		}
	}
	assert(path_count < MOST_PATHS);
	paths[path_count++] = (call_path){.stack = stack, .first = call_count, .last = call_count};
}

void *__wrap_xstls_calloc(size_t count, size_t size)
{
	if (most_frames)
		note(hash_of_stack());
	return __real_xstls_calloc(count, size);
}

void *__wrap_xstls_library_calloc(size_t count, size_t size)
{
	if (most_frames)
		note(hash_of_stack());
	return __real_xstls_library_calloc(count, size);
}

void call_paths_start(int outermost)
{
	path_count = 0;
	call_count = 0;
	most_frames = outermost;
}

size_t call_paths_stop(size_t *calls)
{
	most_frames = 0;
	if (calls)
		*calls = call_count;
	return path_count;
}

size_t call_paths_first(size_t path)
{
	return paths[path].first;
}

size_t call_paths_last(size_t path)
{
	return paths[path].last;
}
