// Reads and compiles a module.

#include "xsAll.h"
#include "xsScript.h"

#include "bind-natives.h"
#include "common/module-map.h"
#include "xs-archive.h"
#include "xs-compile.h"

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
