// Finding, reading and compiling modules for XS.

#include "xsAll.h"
#include "xsScript.h"

#include "bind-natives.h"
#include "common/charged.h"
#include "common/module-map.h"
#include "xs-archive.h"
#include "xs-linked.h"
#include "xs-modules.h"

#ifdef mxDebug
enum { parserFlags = mxCFlag | mxDebugFlag };
#else
enum { parserFlags = mxCFlag };
#endif

typedef struct {
	const unsigned char *next;
	const unsigned char *end;
} Source;

static int getSource(void *stream)
{
	Source *source = stream;
	return source->next < source->end ? *source->next++ : C_EOF;
}

static void throwMessage(txMachine *the, txSlot *constructor, const char *message)
{
	mxPushSlot(constructor);
	mxNew();
	mxPushStringC((txString)message);
	mxRunCount(1);
	mxPull(mxException);
	fxJump(the);
}

txID fxFindModule(txMachine *the, txSlot *realm, txID moduleID, txSlot *slot)
{
	char specifier[C_PATH_MAX], path[C_PATH_MAX], message[3 * C_PATH_MAX];
	const char *importer = moduleID == XS_NO_ID ? NULL : fxGetKeyName(the, moduleID);
	(void)realm;
	fxToStringBuffer(the, slot, specifier, sizeof(specifier));
	if (moduleMapFind(importer, specifier, path, sizeof(path)))
		return fxNewNameC(the, path);
	snprintf(message, sizeof(message), "cannot find module \"%s\"%s%s: there is no file %s", specifier,
	         importer ? " that is imported by " : "", importer ? moduleMapShow(importer) : "", moduleMapShow(path));
	throwMessage(the, &mxReferenceErrorConstructor, message);
	return XS_NO_ID;
}

// The whole file, for the parser asks for one character at a time.
unsigned char *moduleRead(const char *path, size_t *length)
{
	unsigned char *data = NULL;
	FILE *file = fopen(path, "rb");
	long size;
	if (!file)
		return NULL;
	if (!fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && !fseek(file, 0, SEEK_SET)) {
		data = malloc((size_t)size + 1);
		*length = data ? fread(data, 1, (size_t)size, file) : 0;
	}
	fclose(file);
	return data;
}

// The line of the error that stopped the parser, which calls back with it before it leaves.
static int errorLine = 0;

static void noteError(void *console, txString path, txInteger line, txString format, c_va_list arguments)
{
	(void)console, (void)path, (void)format, (void)arguments;
	errorLine = line;
}

// NULL with `message` filled in when it does not compile.
static txScript *compile(txMachine *the, const char *path, Source *source, char *message, size_t size)
{
	txParser parser;
	txParserJump jump;
	txScript *volatile script = NULL;
	fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
	parser.firstJump = &jump;
	parser.reportError = noteError;
	if (c_setjmp(jump.jmp_buf) == 0) {
		parser.path = fxNewParserSymbol(&parser, (txString)moduleMapShow(path));
		fxParserTree(&parser, source, getSource, parserFlags, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		if (!parser.errorCount)
			script = fxParserCode(&parser);
	}
	if (parser.errorCount || !script) {
		snprintf(message, size, "%s:%d: %s", moduleMapShow(path), errorLine,
		         parser.errorMessage ? parser.errorMessage : "out of memory");
		if (script)
			fxDeleteScript(script);
		script = NULL;
	}
	fxTerminateParser(&parser);
	return script;
}

txSlot *moduleMakeScript(txMachine *the, const char *path, txScript *result, char *message, size_t size)
{
	size_t length = 0;
	unsigned char *data = moduleRead(path, &length);
	Source source;
	txScript *script;
	if (data)
		data = bindNatives(data, &length);
	if (!data) {
		snprintf(message, size, "cannot read module %s: %s", moduleMapShow(path), strerror(errno));
		return &mxReferenceErrorConstructor;
	}
	source = (Source){data, data + length};
	script = compile(the, path, &source, message, size);
	free(data);
	if (!script)
		return &mxSyntaxErrorConstructor;
	*result = archiveScript(the, script);
	return NULL;
}

// The C functions of the module that is being resolved, by the names that the compiler has left: for each how many
// parameters it has and an id, which is not used, then its name.
static txS1 *hosts;

static void buildHosts(txMachine *the)
{
	txS1 *at = hosts;
	txID count;
	txHostFunctionBuilder *builders;
	mxDecodeID(at, count);
	builders = malloc((size_t)count * sizeof(txHostFunctionBuilder));
	if (!builders)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	for (txID i = 0; i < count; i++) {
		txInteger length = *at++;
		at += sizeof(txID);
		builders[i] = (txHostFunctionBuilder){(txCallback)nativeFunctionOf(at), length, XS_NO_ID};
		at += strlen(at) + 1;
	}
	fxBuildHosts(the, count, builders);
	free(builders);
	mxPullSlot(mxResult);
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID)
{
	char path[C_PATH_MAX], message[2 * C_PATH_MAX];
	txScript script;
	snprintf(path, sizeof(path), "%s", fxGetKeyName(the, moduleID));
	if (!linkedFind(path, &script)) {
		// The code of modules is never in a device's RAM.
		bool charged = chargedSet(false);
		txSlot *errorClass = moduleMakeScript(the, path, &script, message, sizeof(message));
		chargedSet(charged);
		if (errorClass)
			throwMessage(the, errorClass, message);
	}
	hosts = script.hostsBuffer;
	script.callback = hosts ? buildHosts : C_NULL;
	fxResolveModule(the, module, moduleID, &script, C_NULL, C_NULL);
}
