// XS's figures are those of the Moddable SDK 8.2.3, but for the stack and the ESP32's block:
//   keys, parser      examples/manifest_base.json
//   esp32c3           build/devices/esp32/targets/esp32c3/manifest.json
//   esp32             modules/httpsd/manifest.json: the SDK's manifests say nothing, and XS would take its memory from
//                     the C heap and keep it
//   esp8266           build/devices/esp/manifest.json
//   stack             modules/httpsd/manifest.json
//   window            CONFIG_LWIP_TCP_WND_DEFAULT and _SND_BUF_DEFAULT in
//                     build/devices/esp32/xsProj-*/sdkconfig.defaults;
//                     esp8266: four segments of 1,460, the default of its lwIP
//
// The C heap:
//   esp32c3           164,500 free were measured on an emulated chip with Ethernet while the server ran (DESIGN.md,
//                     section 8). A Wi-Fi station takes up to 57 kB of them (esp-radio's documentation for the C3), eight
//                     connections of lwIP with a segment of 1,436 bytes each some 9 kB more. Not measured together.
//   esp32             174,285 (170.2 kB) are left by Wi-Fi, lwIP and ESP-IDF in a configuration like the SDK's, "memory
//                     saving" (ESP-IDF, Wi-Fi Performance and Power Save); the XS task's stack is 14,336 of them, XS's
//                     block 94,208. Not measured with this firmware.
//   esp8266           some 50 kB are there for data and heap while Wi-Fi is joined (Espressif's datasheet); the static
//                     block takes 32,768 of them, and data of the SDK and ours at least 4 kB. An estimate.

#include "platforms.h"

#include <string.h>

enum { xsStack = 768, xsStackOfESP8266 = 576 };

static const DevicePlatform platforms[] = {
    {"esp32c3", 94208, 1536, 512, 512, 64, xsStack, 98304, 5744},
    {"esp32", 94208, 1536, 512, 512, 64, xsStack, 65536, 8192},
    {"esp8266", 32768, 1536, 512, 512, 64, xsStackOfESP8266, 14336, 5840},
};

const char devicePlatformNames[] = "esp32c3, esp32, esp8266";

const DevicePlatform *devicePlatformFind(const char *name)
{
	const char *slash = strrchr(name, '/');
	if (slash)
		name = slash + 1;
	if (!strcmp(name, "esp"))
		name = "esp8266";
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++)
		if (!strcmp(platforms[i].name, name))
			return &platforms[i];
	return NULL;
}
