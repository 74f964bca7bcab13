#include "tls-port-key-block.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "mbedtls/build_info.h"
#include "mbedtls/ssl_ciphersuites.h"

#include "port/tls-port-count.h"
#include "port/tls-port-handshake.h"

enum { WHOLE = 256, IV = 12 };

// Steps that are being taken. Of tasks that take one at the same time the first alone has what follows.
static size_t steps;
static const int *stepping; // the task: each has an errno of its own
static const mbedtls_ssl_context *stepped;
static xstls_port_key_block *made;

int xstls_port_step(mbedtls_ssl_context *ssl, xstls_port_key_block *block)
{
	const bool is_first = xstls_port_add(&steps, 1) == 0;
	int result;

	if (is_first) {
		stepped = ssl;
		made = block;
		stepping = &errno;
	}
	result = mbedtls_ssl_handshake_step(ssl);
	if (is_first)
		stepping = NULL;
	xstls_port_add(&steps, SIZE_MAX);
	return result;
}

#if MBEDTLS_VERSION_NUMBER >= 0x04000000
psa_status_t __real_psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                                    size_t length) __attribute__((weak));
#endif

// 0 for no suite that is known.
static size_t wanted(void)
{
	const mbedtls_ssl_ciphersuite_t *suite = mbedtls_ssl_ciphersuite_from_id(xstls_port_negotiated_suite(stepped));

	return suite ? 2 * (mbedtls_ssl_ciphersuite_get_cipher_key_bitlen(suite) / 8 + IV) : 0;
}

psa_status_t xstls_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t length)
{
	const size_t count = length == WHOLE && stepping == &errno ? wanted() : 0;
	psa_status_t status;

	if (!count || count > sizeof(made->bytes))
		return xstls_library_output_bytes(operation, output, length);
	memset(output + count, 0, length - count);
	status = xstls_library_output_bytes(operation, output, count);
	if (status == PSA_SUCCESS) {
		memcpy(made->bytes, output, count);
		made->length = (uint8_t)count;
	}
	return status;
}
