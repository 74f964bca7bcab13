#include "module-map.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Mapping Mapping;
struct Mapping {
	Mapping *next;
	const char *prefix;
	const char *folder;
};

static Mapping *mappings = NULL;
static const char *builtins = DESK_BUILTINS;

void moduleMapAdd(const char *prefix, const char *folder)
{
	Mapping *mapping = malloc(sizeof(Mapping));
	if (!mapping)
		abort();
	*mapping = (Mapping){mappings, prefix, folder};
	mappings = mapping;
}

void moduleMapSetBuiltins(const char *folder)
{
	builtins = folder;
}

void moduleMapFree(void)
{
	while (mappings) {
		Mapping *mapping = mappings;
		mappings = mapping->next;
		free(mapping);
	}
}

// One that ends in "/" is a prefix, any other the whole name of a module.
static bool matches(const Mapping *mapping, const char *specifier)
{
	size_t length = strlen(mapping->prefix);
	return !strncmp(specifier, mapping->prefix, length) && (mapping->prefix[length - 1] == '/' || !specifier[length]);
}

static const Mapping *longestMatch(const char *specifier)
{
	const Mapping *best = NULL;
	for (const Mapping *mapping = mappings; mapping; mapping = mapping->next)
		if (matches(mapping, specifier) && (!best || strlen(best->prefix) < strlen(mapping->prefix)))
			best = mapping;
	return best;
}

static bool endsWith(const char *text, const char *end)
{
	size_t length = strlen(text), endLength = strlen(end);
	return length >= endLength && !strcmp(text + length - endLength, end);
}

static void place(const char *importer, const char *specifier, char *path, size_t size)
{
	const char *extension = endsWith(specifier, ".js") ? "" : ".js";
	const Mapping *mapping;
	if (!importer || specifier[0] == '/')
		snprintf(path, size, "%s%s", specifier, extension);
	else if (specifier[0] == '.') {
		const char *slash = strrchr(importer, '/');
		snprintf(path, size, "%.*s/%s%s", (int)(slash ? slash - importer : 0), importer, specifier, extension);
	} else if ((mapping = longestMatch(specifier)))
		snprintf(path, size, "%s%s%s%s", mapping->folder, endsWith(mapping->prefix, "/") ? "/" : "",
		         specifier + strlen(mapping->prefix), extension);
	else {
		// embedded:io/socket/tcp is the file embedded/io/socket/tcp.js.
		size_t folder = (size_t)snprintf(path, size, "%s/%s%s", builtins, specifier, extension) - strlen(specifier) -
		                strlen(extension);
		for (char *colon = path + (folder < size ? folder : 0); (colon = strchr(colon, ':'));)
			*colon = '/';
	}
}

bool moduleMapFind(const char *importer, const char *specifier, char *path, size_t size)
{
	char real[PATH_MAX];
	place(importer, specifier, path, size);
	if (!realpath(path, real) || strlen(real) >= size)
		return false;
	strcpy(path, real);
	return true;
}

const char *moduleMapShow(const char *path)
{
	char folder[PATH_MAX];
	size_t length;
	if (!getcwd(folder, sizeof(folder)))
		return path;
	length = strlen(folder);
	return !strncmp(path, folder, length) && path[length] == '/' ? path + length + 1 : path;
}
