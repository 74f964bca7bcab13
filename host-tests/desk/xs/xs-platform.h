// What XS asks of its platform. Included by every XS header (XSPLATFORM), so it declares no more than XS needs.

#ifndef XS_PLATFORM_H
#define XS_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#undef mxLinux
#define mxLinux 1
#define mxExport extern
#define mxImport extern
#define mxUseGCCAtomics 1
#define mxUsePOSIXThreads 1
#define XS_FUNCTION_NORETURN __attribute__((noreturn))

// promiseJobs: jobs wait to be run. heapBytes: what chunk and slot blocks take; heapLimit: what they may take.
#define mxMachinePlatform                                                                                              \
	int promiseJobs;                                                                                                   \
	size_t heapBytes;                                                                                                  \
	size_t heapLimit;                                                                                                  \
	void *waiterCondition;                                                                                             \
	void *waiterData;                                                                                                  \
	void *waiterLink;

#if DESK_DEVICE
#include "common/charged.h"
#define c_malloc chargedMalloc
#define c_calloc chargedCalloc
#define c_realloc chargedRealloc
#define c_free chargedFree
#define c_malloc_uint32 chargedMalloc
#define c_free_uint32 chargedFree
#endif

#define mxUseDefaultBuildKeys 1
#define mxUseDefaultDebug 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1

#if INTPTR_MAX == INT64_MAX
#define mx32bitID 1
#endif

#endif
