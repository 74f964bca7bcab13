// What memory the firmware has on a device, by platform: the only place with these figures.

#ifndef DESK_PLATFORMS_H
#define DESK_PLATFORMS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	const char *name;
	// XS's: "creation" of the manifests. Sizes are bytes, or slots of 16 bytes.
	int32_t staticSize;
	int32_t chunkInitial, chunkIncremental;
	int32_t heapInitial, heapIncremental;
	int32_t stack;
	// Bytes of C heap for the firmware: beside the static block, tasks, TCP and Wi-Fi.
	size_t cHeap;
	// Bytes that TCP takes at once, either way.
	uint32_t window;
} DevicePlatform;

// The same on all of them: names, symbols and the parser.
enum {
	deviceKeyInitial = 32,
	deviceKeyIncremental = 32,
	deviceNameModulo = 53,
	deviceSymbolModulo = 3,
	deviceParserBuffer = 1024,
	deviceParserTable = 17,
};

// By the name that PLATFORM= has: esp32c3 or esp32/esp32c3. NULL when there is none.
const DevicePlatform *devicePlatformFind(const char *name);
// Names of all, with commas.
extern const char devicePlatformNames[];

#endif
