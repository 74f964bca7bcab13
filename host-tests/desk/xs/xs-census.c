// What slots are for: how many each class has, of this machine's own and not of what it shares as in flash.

#include "xsAll.h"

#include "xs-census.h"

static size_t countList(const txSlot *slot)
{
	size_t count = 0;
	for (; slot; slot = slot->next) {
		count++;
		if (slot->kind == XS_PRIVATE_KIND)
			count += countList(slot->value.private.first);
	}
	return count;
}

// The name of the function that an instance's prototype has as its constructor; NULL when there is none.
static const char *classOf(txMachine *the, const txSlot *instance)
{
	const txSlot *prototype = instance->value.instance.prototype, *code;
	const txSlot *property = prototype ? prototype->next : NULL;
	while (property && (property->ID != mxID(_constructor) || property->kind != XS_REFERENCE_KIND))
		property = property->next;
	if (!property)
		return NULL;
	code = mxFunctionInstanceCode(property->value.reference);
	return code && code->ID != XS_NO_ID ? fxGetKeyName(the, code->ID) : NULL;
}

static CensusRow *findRow(CensusRow *rows, size_t size, const char *name)
{
	for (size_t i = 0; i < size; i++)
		if (!rows[i].name || !strcmp(rows[i].name, name)) {
			rows[i].name = name;
			return &rows[i];
		}
	return &rows[size - 1];
}

static void countSlot(txMachine *the, const txSlot *slot, CensusRow *rows, size_t size)
{
	const char *name;
	CensusRow *row;
	if (slot->kind != XS_INSTANCE_KIND)
		return;
	name = classOf(the, slot);
	row = findRow(rows, size, name ? name : "without a class");
	row->instances++;
	row->slots += countList(slot);
}

static void countAll(txMachine *the, CensusRow *rows, size_t size)
{
	memset(rows, 0, size * sizeof(*rows));
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++)
			countSlot(the, slot, rows, size);
}

void deskCensus(txMachine *the, CensusRow *rows, size_t size)
{
	fxCollectGarbage(the);
	countAll(the, rows, size);
}

static int bySlots(const void *one, const void *other)
{
	size_t a = ((const CensusRow *)one)->slots, b = ((const CensusRow *)other)->slots;
	return a < b ? 1 : a > b ? -1 : 0;
}

void deskDescribeSlots(txMachine *the, char *buffer, size_t size)
{
	CensusRow rows[64];
	size_t used = 0;
	buffer[0] = 0;
	countAll(the, rows, sizeof(rows) / sizeof(*rows));
	qsort(rows, sizeof(rows) / sizeof(*rows), sizeof(*rows), bySlots);
	for (size_t i = 0; i < 24 && rows[i].slots && used < size; i++)
		used += (size_t)snprintf(buffer + used, size - used, "%s%s %zu in %zu", i ? ", " : "", rows[i].name, rows[i].slots,
		                         rows[i].instances);
}
