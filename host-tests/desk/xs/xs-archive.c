// What the SDK's linker (xsl) makes of a compiled module: the names of properties become ids. The compiler's codes for
// a string literal and for a function copy it into a chunk, each time that it is evaluated; xsl puts those of an
// archive, which point into the code, in their place. But in preloaded modules it leaves them (xslBase.c, fxMapCode),
// for of these flash has what they made when they were run, and not their code.
//
// Only modules are archived: code that is compiled at run time (eval, Function) is freed when it has run.

#include "xs-archive.h"

#include <stdbool.h>

// In xsRun.c.
extern void fxRemapIDs(txMachine *the, txByte *code, txSize size, txID *ids);

typedef struct Archived Archived;
struct Archived {
	txScript *script;
	Archived *next;
};

static Archived *archived = NULL;
static bool preloading = false;

static txU1 archiveCode(txU1 code)
{
	switch (code) {
	case XS_CODE_STRING_1:
		return XS_CODE_STRING_ARCHIVE_1;
	case XS_CODE_STRING_2:
		return XS_CODE_STRING_ARCHIVE_2;
	case XS_CODE_STRING_4:
		return XS_CODE_STRING_ARCHIVE_4;
	case XS_CODE_CODE_1:
		return XS_CODE_CODE_ARCHIVE_1;
	case XS_CODE_CODE_2:
		return XS_CODE_CODE_ARCHIVE_2;
	case XS_CODE_CODE_4:
		return XS_CODE_CODE_ARCHIVE_4;
	default:
		return code;
	}
}

// Bytes of the instruction there. A size of none is that of an id, a negative one that of a length in front of the
// data.
static size_t sizeOf(txByte *at)
{
	txS1 size = gxCodeSizes[(txU1)*at];
	txByte *length = at + 1;
	switch (size) {
	case 0:
		return 1 + sizeof(txID);
	case -1:
		return 2 + (size_t)(txU1)*length;
	case -2: {
		txU2 count;
		mxDecode2(length, count);
		return 3 + (size_t)count;
	}
	case -4: {
		txS4 count;
		mxDecode4(length, count);
		return 5 + (size_t)count;
	}
	default:
		return (size_t)size;
	}
}

static void archiveCodes(txScript *script)
{
	txByte *at = script->codeBuffer, *end = at + script->codeSize;
	for (; at < end; at += sizeOf(at))
		*at = (txByte)archiveCode((txU1)*at);
}

// Ids in place of indices into the script's own table, whose names stay where they are too.
static void nameSymbols(txMachine *the, txScript *script)
{
	txByte *at = script->symbolsBuffer;
	txID count, *ids;
	mxDecodeID(at, count);
	ids = malloc((size_t)count * sizeof(txID));
	if (!ids)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	ids[0] = XS_NO_ID;
	for (txID i = 1; i < count; i++) {
		ids[i] = fxNewNameX(the, at);
		at += strlen(at) + 1;
	}
	fxRemapIDs(the, script->codeBuffer, script->codeSize, ids);
	free(ids);
}

txScript archiveScript(txMachine *the, txScript *script)
{
	txScript result;
	Archived *entry = malloc(sizeof(Archived));
	if (!entry)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	*entry = (Archived){script, archived};
	archived = entry;
	if (!preloading)
		archiveCodes(script);
	nameSymbols(the, script);
	result = *script;
	// XS deletes a script that has symbols once it has run.
	result.symbolsBuffer = NULL;
	result.symbolsSize = 0;
	return result;
}

void deskSetPreloading(bool now)
{
	preloading = now;
}

void archiveFree(void)
{
	while (archived) {
		Archived *next = archived->next;
		fxDeleteScript(archived->script);
		free(archived);
		archived = next;
	}
}
