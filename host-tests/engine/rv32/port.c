// What mbedTLS asks of a device, from the emulator that plays it.

#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>

#include "mbedtls/platform_time.h"

#include "port/tls-port-time.h"

// Real randomness is not asked for: the tests have a generator of their own (random.c), and the same connections each
// time.
int mbedtls_hardware_poll(void *unused, unsigned char *output, size_t length, size_t *taken)
{
	(void)unused;
	for (size_t i = 0; i < length; i++)
		output[i] = (unsigned char)i;
	*taken = length;
	return 0;
}

mbedtls_ms_time_t mbedtls_ms_time(void)
{
	return (mbedtls_ms_time_t)xstls_port_now();
}
