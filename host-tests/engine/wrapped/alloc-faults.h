// Memory runs out in a connection (row E9): every path to an allocation is made to fail where it is first taken, for a
// moment, and where it is last taken, for good, whichever end it hits.

#ifndef ENGINE_ALLOC_FAULTS_H
#define ENGINE_ALLOC_FAULTS_H

// For the kind of that name (kinds.h). An end fails with a code, or all is well; nothing is left behind.
void alloc_faults_check(const char *kind);

#endif
