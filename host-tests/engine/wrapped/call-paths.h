// Every way in which the code under test comes to allocate. A handshake allocates tens of thousands of times, nearly
// all of them inside big-number loops; to fail each *path* once says as much and takes seconds.

#ifndef ENGINE_CALL_PATHS_H
#define ENGINE_CALL_PATHS_H

#include <stddef.h>

// Between start and stop every allocation is noted by the `outermost` calls of its stack.
enum { CALL_PATHS_DEEPEST = 64 };
void call_paths_start(int outermost);
// How many different stacks there were; `calls`, if not NULL, gets the number of allocations.
size_t call_paths_stop(size_t *calls);
// Which allocation (1 is the one after start) was the first and the last on the path.
size_t call_paths_first(size_t path);
size_t call_paths_last(size_t path);

#endif
