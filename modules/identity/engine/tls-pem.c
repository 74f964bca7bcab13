#include "tls-pem.h"

#include "mbedtls/pem.h"

size_t xstls_pem_write(xstls_pem_label label, const uint8_t *der, size_t length, uint8_t *text, size_t size)
{
	static const char *const marks[][2] = {
	    {"-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n"},
	    {"-----BEGIN CERTIFICATE REQUEST-----\n", "-----END CERTIFICATE REQUEST-----\n"},
	};
	size_t written;

	if (mbedtls_pem_write_buffer(marks[label][0], marks[label][1], der, length, text, size, &written))
		return 0;
	return written - 1;
}
