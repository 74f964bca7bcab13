// Class Resource: files of the --resource folders, as the read-only host buffers that a device has in flash.
//
// As with the SDK, whose manifests say PREFIX* where --resource says PREFIX=, names have no folders: a file of a folder
// is found by the prefix and its base name, and a name with a slash is nobody's.

#include "resource.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "natives/desk.h"

enum { maximumFolders = 16 };

static struct {
	const char *prefix, *path;
} folders[maximumFolders];
static unsigned folderCount = 0;

void deskAddResources(char *folder)
{
	char *equals = strchr(folder, '=');
	if (folderCount == maximumFolders) {
		fprintf(stderr, "desk: more than %d times --resource\n", maximumFolders);
		exit(1);
	}
	if (equals && !memchr(folder, '/', (size_t)(equals - folder))) {
		*equals = 0;
		folders[folderCount].prefix = folder;
		folder = equals + 1;
	} else
		folders[folderCount].prefix = "";
	folders[folderCount++].path = folder;
}

static FILE *openFile(const char *path)
{
	struct stat status;
	return !stat(path, &status) && S_ISREG(status.st_mode) ? fopen(path, "rb") : NULL;
}

// The first folder that has it wins.
static FILE *openResource(xsMachine *the)
{
	char path[4096];
	const char *name = xsmcToString(xsArg(0));
	if (strchr(name, '/'))
		return NULL;
	for (unsigned i = 0; i < folderCount; i++) {
		size_t length = strlen(folders[i].prefix);
		FILE *file;
		if (strncmp(name, folders[i].prefix, length))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folders[i].path, name + length);
		file = openFile(path);
		if (file)
			return file;
	}
	return NULL;
}

void xs_desk_resource_destructor(void *data)
{
	free(data);
}

void xs_desk_resource(xsMachine *the)
{
	FILE *file = openResource(the);
	char *data = NULL;
	long size = -1;
	if (!file)
		deskThrow(the, "URIError", "Resource not found: %s", xsmcToString(xsArg(0)));
	if (!fseek(file, 0, SEEK_END))
		size = ftell(file);
	rewind(file);
	if (size >= 0)
		data = malloc((size_t)size + 1);
	if (data && fread(data, 1, (size_t)size, file) != (size_t)size) {
		free(data);
		data = NULL;
	}
	fclose(file);
	if (!data)
		deskThrow(the, "URIError", "Resource is not readable: %s", xsmcToString(xsArg(0)));
	xsmcSetHostBuffer(xsThis, data, (xsIntegerValue)size);
	xsmcPetrifyHostBuffer(xsThis);
}

void xs_desk_resource_exists(xsMachine *the)
{
	FILE *file = openResource(the);
	xsmcSetBoolean(xsResult, file != NULL);
	if (file)
		fclose(file);
}

void xs_desk_resource_get_byteLength(xsMachine *the)
{
	xsmcSetInteger(xsResult, xsmcGetHostBufferLength(xsThis));
}

static xsIntegerValue limit(xsMachine *the, int index, xsIntegerValue low, xsIntegerValue high, xsIntegerValue absent)
{
	xsIntegerValue value;
	if (xsmcArgc <= index || deskIsUndefined(the, &xsArg(index)))
		return absent;
	value = xsmcToInteger(xsArg(index));
	return value < low ? low : value > high ? high : value;
}

// slice(begin, end, copy): a copy, or with copy === false a view that lives in this resource's memory.
void xs_desk_resource_slice(xsMachine *the)
{
	xsIntegerValue length = xsmcGetHostBufferLength(xsThis);
	xsIntegerValue begin = limit(the, 0, 0, length, 0);
	// The SDK takes an `undefined` that is given for 0.
	xsIntegerValue end = xsmcArgc > 1 && deskIsUndefined(the, &xsArg(1)) ? begin : limit(the, 1, begin, length, length);
	bool copy = xsmcArgc < 3 || deskIsUndefined(the, &xsArg(2)) || xsmcTest(xsArg(2));
	char *data = xsmcGetHostData(xsThis);
	if (copy) {
		xsmcSetArrayBuffer(xsResult, data + begin, end - begin);
		return;
	}
	xsmcVars(1);
	xsResult = xsNewHostObject(NULL);
	xsmcSetHostBuffer(xsResult, data + begin, end - begin);
	xsmcPetrifyHostBuffer(xsResult);
	xsmcSetInteger(xsVar(0), end - begin);
	xsmcDefine(xsResult, xsID("byteLength"), xsVar(0), xsDontDelete | xsDontSet);
	// The view must not outlive the memory.
	xsmcDefine(xsResult, xsID("resource"), xsThis, xsDontDelete | xsDontSet | xsDontEnum);
}
