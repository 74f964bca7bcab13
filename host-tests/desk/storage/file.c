// Classes File and Directory: the SDK's, over stdio. Relative paths begin where the host was started.

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "natives/desk.h"

void xs_desk_file_destructor(void *data)
{
	if (data)
		fclose(data);
}

static FILE *getFile(xsMachine *the)
{
	FILE *file = xsmcGetHostDataValidate(xsThis, (void *)xs_desk_file_destructor);
	if (!file)
		deskThrow(the, "Error", "The file is closed");
	return file;
}

static long getLength(FILE *file)
{
	struct stat status;
	return fstat(fileno(file), &status) ? 0 : (long)status.st_size;
}

// new File(path, write): a file that is written to is made when it is not there.
void xs_desk_file(xsMachine *the)
{
	const char *path = xsmcToString(xsArg(0));
	bool write = xsmcTest(xsArg(1));
	struct stat status;
	FILE *file;
	if (!stat(path, &status) && S_ISDIR(status.st_mode))
		deskThrowCode(the, "EISDIR", "Opening %s: %s", path, strerror(EISDIR));
	file = fopen(path, write ? "rb+" : "rb");
	if (!file && write)
		file = fopen(path, "wb+");
	if (!file)
		deskThrowCode(the, "ENOENT", "Opening %s: %s", xsmcToString(xsArg(0)), strerror(errno));
	xsmcSetHostData(xsThis, file);
}

// read(asString, count): to the end of the file when count is absent or larger.
void xs_desk_file_read(xsMachine *the)
{
	FILE *file = getFile(the);
	long rest = getLength(file) - ftell(file);
	long count = deskIsUndefined(the, &xsArg(1)) ? rest : xsmcToInteger(xsArg(1));
	void *data;
	if (count > rest)
		count = rest;
	if (count < 0)
		deskThrow(the, "Error", "Reading past the end of the file");
	if (xsmcTest(xsArg(0))) {
		xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)count);
		data = xsmcToString(xsResult);
	} else {
		xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)count);
		data = xsmcToArrayBuffer(xsResult);
	}
	if (fread(data, 1, (size_t)count, file) != (size_t)count)
		deskThrow(the, "Error", "Reading the file: %s", strerror(errno));
}

void xs_desk_file_write(xsMachine *the)
{
	FILE *file = getFile(the);
	xsUnsignedValue length;
	void *data;
	if (xsmcTypeOf(xsArg(0)) == xsStringType || xsmcTypeOf(xsArg(0)) == xsStringXType) {
		data = xsmcToString(xsArg(0));
		length = (xsUnsignedValue)strlen(data);
	} else
		xsmcGetBufferReadable(xsArg(0), &data, &length);
	if (fwrite(data, 1, length, file) != length || fflush(file))
		deskThrow(the, "Error", "Writing the file: %s", strerror(errno));
}

void xs_desk_file_close(xsMachine *the)
{
	fclose(getFile(the));
	xsmcSetHostData(xsThis, NULL);
}

void xs_desk_file_get_length(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)getLength(getFile(the)));
}

void xs_desk_file_get_position(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)ftell(getFile(the)));
}

void xs_desk_file_set_position(xsMachine *the)
{
	fseek(getFile(the), xsmcToInteger(xsArg(0)), SEEK_SET);
}

void xs_desk_file_delete(xsMachine *the)
{
	xsmcSetBoolean(xsResult, unlink(xsmcToString(xsArg(0))) == 0);
}

void xs_desk_file_exists(xsMachine *the)
{
	xsmcSetBoolean(xsResult, access(xsmcToString(xsArg(0)), F_OK) == 0);
}

// rename(path, name): a name without a slash stays in the folder of the path.
void xs_desk_file_rename(xsMachine *the)
{
	char target[PATH_MAX];
	const char *path = xsmcToString(xsArg(0));
	const char *name = xsmcToString(xsArg(1));
	const char *slash = strrchr(path, '/');
	int folder = slash && *name != '/' ? (int)(slash - path + 1) : 0;
	if (snprintf(target, sizeof(target), "%.*s%s", folder, path, name) >= (int)sizeof(target))
		deskThrow(the, "RangeError", "The path is too long");
	xsmcSetBoolean(xsResult, rename(path, target) == 0);
}

// Directory.create(path): with the folders that lead there; that it is there already is no error.
void xs_desk_directory_create(xsMachine *the)
{
	char path[PATH_MAX];
	if (snprintf(path, sizeof(path), "%s/", xsmcToString(xsArg(0))) >= (int)sizeof(path))
		deskThrow(the, "RangeError", "The path is too long");
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(path, 0777) && errno != EEXIST)
			deskThrow(the, "Error", "Making the folder %s: %s", path, strerror(errno));
		*slash = '/';
	}
}
