#include "tls-port-key-block.h"

#include <errno.h>
#include <string.h>

#include "mbedtls/build_info.h"

enum {
	WHOLE = 256,
	WANTED = 96, // blocks of the hash: two of SHA-384, three of SHA-256
};

// The task that takes a step: each has an errno of its own.
static const int *stepping;

int xstls_port_step(mbedtls_ssl_context *ssl)
{
	int result;

	stepping = &errno;
	result = mbedtls_ssl_handshake_step(ssl);
	stepping = NULL;
	return result;
}

#if MBEDTLS_VERSION_NUMBER >= 0x04000000
psa_status_t __real_psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                                    size_t length) __attribute__((weak));
#endif

psa_status_t xstls_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t length)
{
	if (length != WHOLE || stepping != &errno)
		return xstls_library_output_bytes(operation, output, length);
	memset(output + WANTED, 0, WHOLE - WANTED);
	return xstls_library_output_bytes(operation, output, WANTED);
}
