// How the process ends, and what it says when it ends badly. No XS here, so that engine and host can both use it.

#ifndef DESK_REPORT_H
#define DESK_REPORT_H

#include <stdbool.h>
#include <stddef.h>

// Prints one message to stderr and makes the process end with status 1 after the present callback.
void reportFatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The same for an abort of XS, with a status that tells it apart if one has been set.
void reportAbort(const char *message);
void reportSetAbortStatus(int status);

// What is going on, for messages: "while ...".
void reportSetPhase(const char *phase);
const char *reportPhase(void);

// Makes the process end with `code` after the present callback. The first call decides.
void reportExit(int code);
bool reportIsExiting(void);
int reportExitCode(void);

// Bytes that XS may take for chunks and slots (option --heap).
void reportSetHeapLimit(size_t bytes);
size_t reportHeapLimit(void);

#endif
