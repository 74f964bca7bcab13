#include "xs-linked.h"

#include "common/module-map.h"
#include "xs-compile.h"

typedef struct Linked Linked;
struct Linked {
	Linked *next;
	txScript script;
	char path[];
};

static Linked *linked = NULL;

bool linkedFind(const char *path, txScript *script)
{
	for (Linked *each = linked; each; each = each->next)
		if (!strcmp(each->path, path)) {
			*script = each->script;
			return true;
		}
	return false;
}

static bool isLoaded(txMachine *the, txID id)
{
	txSlot *realm = mxProgram.value.reference->next->value.module.realm;
	txSlot *module = mxOwnModules(realm)->value.reference->next;
	while (module && module->ID != id)
		module = module->next;
	return module != NULL;
}

static bool compileModule(txMachine *the, const char *path)
{
	char message[2 * C_PATH_MAX];
	Linked *entry = malloc(sizeof(Linked) + strlen(path) + 1);
	if (!entry)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	strcpy(entry->path, path);
	if (moduleMakeScript(the, path, &entry->script, message, sizeof(message))) {
		free(entry);
		return false;
	}
	entry->next = linked;
	linked = entry;
	return true;
}

static bool isWordBefore(const char *start, const char *quote, const char *word)
{
	size_t length = strlen(word);
	while (quote > start && isspace((unsigned char)quote[-1]))
		quote--;
	return (size_t)(quote - start) >= length && !memcmp(quote - length, word, length);
}

// The next string behind `from` or `import`; NULL when there is none. What looks like one and is none does no harm.
static const char *nextSpecifier(const char *start, const char *from, char *specifier, size_t size)
{
	for (const char *quote = from; (quote = strpbrk(quote, "\"'")); quote++) {
		size_t length = strcspn(quote + 1, "\"'\n");
		if (length >= size || !(isWordBefore(start, quote, "from") || isWordBefore(start, quote, "import")))
			continue;
		snprintf(specifier, size, "%.*s", (int)length, quote + 1);
		return quote + 1 + length;
	}
	return NULL;
}

static void addImports(txMachine *the, const char *importer)
{
	char specifier[C_PATH_MAX], path[C_PATH_MAX];
	size_t length = 0;
	char *text = (char *)moduleRead(importer, &length);
	const char *next;
	if (!text)
		return;
	text[length] = 0;
	for (next = text; (next = nextSpecifier(text, next, specifier, sizeof(specifier)));)
		if (moduleMapFind(importer, specifier, path, sizeof(path)))
			deskLink(the, path);
	free(text);
}

void deskLink(txMachine *the, const char *path)
{
	txScript script;
	if (isLoaded(the, fxNewNameC(the, (txString)path)) || linkedFind(path, &script))
		return;
	if (compileModule(the, path))
		addImports(the, path);
}

void linkedFree(void)
{
	while (linked) {
		Linked *next = linked->next;
		free(linked);
		linked = next;
	}
}
