// Class Flash: the SDK's, over the files that --flash NAME=FILE names. Like NOR flash, writing only clears bits and
// erasing sets those of a whole sector.

#include "flash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "natives/desk.h"

enum { maximumPartitions = 8, sectorSize = 4096 };

static const char *partitions[maximumPartitions];
static unsigned partitionCount = 0;

typedef struct {
	uint8_t *data;
	size_t length;
} Flash;

void deskAddFlash(const char *partition)
{
	if (partitionCount == maximumPartitions) {
		fprintf(stderr, "desk: more than %d times --flash\n", maximumPartitions);
		exit(1);
	}
	partitions[partitionCount++] = partition;
}

void xs_desk_flash_destructor(void *data)
{
	Flash *flash = data;
	if (!flash)
		return;
	munmap(flash->data, flash->length);
	free(flash);
}

static const char *findPartition(const char *name)
{
	size_t length = strlen(name);
	for (unsigned i = 0; i < partitionCount; i++)
		if (!strncmp(partitions[i], name, length) && partitions[i][length] == '=')
			return partitions[i] + length + 1;
	return NULL;
}

static Flash *openFlash(const char *path)
{
	Flash *flash = calloc(1, sizeof(Flash));
	int file = open(path, O_RDWR | O_CLOEXEC);
	struct stat status;
	if (flash && file >= 0 && !fstat(file, &status) && status.st_size > 0) {
		flash->length = (size_t)status.st_size;
		flash->data = mmap(NULL, flash->length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	}
	if (file >= 0)
		close(file);
	if (flash && flash->data && flash->data != MAP_FAILED)
		return flash;
	free(flash);
	return NULL;
}

void xs_desk_flash(xsMachine *the)
{
	const char *path = findPartition(xsmcToString(xsArg(0)));
	Flash *flash;
	if (!path)
		deskThrow(the, "Error", "There is no partition \"%s\"; the desk takes it from --flash", xsmcToString(xsArg(0)));
	flash = openFlash(path);
	if (!flash)
		deskThrow(the, "Error", "Opening partition %s: %s", path, strerror(errno));
	xsmcSetHostData(xsThis, flash);
}

static Flash *getFlash(xsMachine *the)
{
	return xsmcGetHostDataValidate(xsThis, (void *)xs_desk_flash_destructor);
}

static size_t getRange(xsMachine *the, const Flash *flash, xsIntegerValue offset, xsIntegerValue length)
{
	if (offset < 0 || length < 0 || (size_t)offset > flash->length || (size_t)length > flash->length - (size_t)offset)
		deskThrow(the, "RangeError", "%d bytes at %d are not within the partition", (int)length, (int)offset);
	return (size_t)offset;
}

void xs_desk_flash_erase(xsMachine *the)
{
	Flash *flash = getFlash(the);
	size_t offset = getRange(the, flash, xsmcToInteger(xsArg(0)) * sectorSize, sectorSize);
	memset(flash->data + offset, 0xff, sectorSize);
}

void xs_desk_flash_read(xsMachine *the)
{
	Flash *flash = getFlash(the);
	xsIntegerValue length = xsmcToInteger(xsArg(1));
	size_t offset = getRange(the, flash, xsmcToInteger(xsArg(0)), length);
	xsmcSetArrayBuffer(xsResult, flash->data + offset, length);
}

void xs_desk_flash_write(xsMachine *the)
{
	Flash *flash = getFlash(the);
	xsIntegerValue length = xsmcToInteger(xsArg(1));
	size_t offset = getRange(the, flash, xsmcToInteger(xsArg(0)), length);
	xsUnsignedValue available;
	void *data;
	xsmcGetBufferReadable(xsArg(2), &data, &available);
	if (available < (xsUnsignedValue)length)
		deskThrow(the, "RangeError", "The buffer is shorter than %d bytes", (int)length);
	for (xsIntegerValue i = 0; i < length; i++)
		flash->data[offset + (size_t)i] &= ((const uint8_t *)data)[i];
}

// The whole partition as a read-only buffer, in place.
void xs_desk_flash_map(xsMachine *the)
{
	Flash *flash = getFlash(the);
	xsmcVars(1);
	xsResult = xsNewHostObject(NULL);
	xsmcSetHostBuffer(xsResult, flash->data, (xsIntegerValue)flash->length);
	xsmcPetrifyHostBuffer(xsResult);
	xsmcSetInteger(xsVar(0), (xsIntegerValue)flash->length);
	xsmcDefine(xsResult, xsID("byteLength"), xsVar(0), xsDontDelete | xsDontSet);
	// The view must not outlive the mapping.
	xsmcDefine(xsResult, xsID("flash"), xsThis, xsDontDelete | xsDontSet | xsDontEnum);
}

void xs_desk_flash_get_byteLength(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)getFlash(the)->length);
}

void xs_desk_flash_get_blockSize(xsMachine *the)
{
	xsmcSetInteger(xsResult, sectorSize);
}
