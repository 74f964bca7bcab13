// Counts byte codes by the function that they are of, and tells at the process's end.

#include "xsAll.h"

#include "xs-profile.h"

enum { capacity = 8192, nameCapacity = 80 };

typedef struct {
	const txByte *address; // of the function's code; NULL: unused
	txID id;
	char name[nameCapacity];
	unsigned long codes, calls;
} Row;

static Row rows[capacity];

// By name: how often it was looked up, and past how many others.
static unsigned long lookups[capacity], steps[capacity];
static char *names[capacity];

static void report(void)
{
	for (size_t i = 0; i < capacity; i++)
		if (rows[i].address)
			printf("bytecodes: %s %lu %lu\n", rows[i].name, rows[i].codes, rows[i].calls);
	for (size_t id = 0; id < capacity; id++)
		if (lookups[id])
			printf("lookups: %s %lu %lu\n", names[id], steps[id], lookups[id]);
}

static const char *nameOf(txMachine *the, txID id)
{
	const char *name = id == XS_NO_ID ? NULL : fxGetKeyName(the, id);
	return name ? name : "";
}

// The class is that of the prototype, or the class itself where the method is static.
static const char *classOf(txMachine *the, txSlot *function)
{
	txSlot *home = mxFunctionInstanceHome(function), *property;
	if (!home || home->kind != XS_HOME_KIND || !home->value.home.object)
		return "";
	for (property = home->value.home.object->next; property; property = property->next)
		if (property->ID == mxID(_constructor) && property->kind == XS_REFERENCE_KIND)
			return nameOf(the, mxFunctionInstanceCode(property->value.reference)->ID);
	return "";
}

static Row *findRow(txMachine *the, txSlot *function)
{
	txSlot *code = mxFunctionInstanceCode(function);
	const txByte *address = code->value.code.address;
	size_t at = ((uintptr_t)address >> 2) % capacity;
	while (rows[at].address && rows[at].address != address)
		at = (at + 1) % capacity;
	if (!rows[at].address) {
		static int isFirst = 1;
		if (isFirst)
			atexit(report);
		isFirst = 0;
		rows[at].address = address;
	}
	// What ran once may have been freed, and another be in its place.
	if (!rows[at].codes || rows[at].id != code->ID) {
		rows[at].id = code->ID;
		snprintf(rows[at].name, nameCapacity, "%s.%s", classOf(the, function), nameOf(the, code->ID));
	}
	return &rows[at];
}

void deskCountCode(txMachine *the, txSlot *slot, unsigned char code)
{
	static const txByte *lastAddress;
	static Row *lastRow;
	txSlot *function = slot->kind == XS_REFERENCE_KIND ? slot->value.reference : NULL;
	if (!function || !function->next || (function->next->kind != XS_CODE_KIND && function->next->kind != XS_CODE_X_KIND))
		return;
	if (function->next->value.code.address != lastAddress) {
		lastAddress = function->next->value.code.address;
		lastRow = findRow(the, function);
	}
	lastRow->codes++;
	if (code >= XS_CODE_BEGIN_SLOPPY && code <= XS_CODE_BEGIN_STRICT_FIELD)
		lastRow->calls++;
}

void deskCountLookup(txMachine *the, txSlot *instance, int id)
{
	if (id <= 0 || id >= capacity)
		return;
	if (!names[id])
		names[id] = strdup(nameOf(the, (txID)id));
	lookups[id]++;
	while (instance) {
		txSlot *own = instance->ID && the->aliasArray[instance->ID] ? the->aliasArray[instance->ID] : instance;
		for (txSlot *property = own->next; property; property = property->next, steps[id]++)
			if (property->ID == id && !(property->flag & XS_INTERNAL_FLAG))
				return;
		instance = own->value.instance.prototype;
	}
}
