// A count of XS's slots by class.

#ifndef XS_CENSUS_H
#define XS_CENSUS_H

#include "xsmc.h"

typedef struct {
	const char *name; // of the class
	size_t instances;
	size_t slots; // of all of them, with their private fields
} CensusRow;

// Collects garbage, and fills the rows; those that are left have no name. What is in no instance, such as the entries of
// a Set, is not counted.
void deskCensus(xsMachine *the, CensusRow *rows, size_t size);

// The classes with most slots, and in how many instances; garbage that has not been collected counts.
void deskDescribeSlots(xsMachine *the, char *buffer, size_t size);

#endif
