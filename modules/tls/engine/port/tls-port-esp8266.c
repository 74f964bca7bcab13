// ESP8266: randomness for mbedTLS, which calls this function.

#if defined(__ets__) && !defined(ESP_PLATFORM)

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The generator's register. Its bits are noise of the radio, so Wi-Fi has to be on before a key is made.
static volatile const uint32_t *const generator = (const uint32_t *)0x3FF20E44;

int mbedtls_hardware_poll(void *unused, unsigned char *output, size_t length, size_t *taken)
{
	(void)unused;
	for (size_t offset = 0; offset < length; offset += sizeof(uint32_t)) {
		uint32_t word = *generator;
		size_t count = length - offset < sizeof(word) ? length - offset : sizeof(word);

		memcpy(output + offset, &word, count);
	}
	*taken = length;
	return 0;
}

#else

// An empty file is no C.
typedef int xstls_port_esp8266_unused;

#endif
