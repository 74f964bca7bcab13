// mbedTLS 4 takes no source of randomness any more.

#include "tls-port-issue.h"

#include "mbedtls/version.h"

#if MBEDTLS_VERSION_NUMBER < 0x04000000
#include "mbedtls/psa_util.h"
#define RANDOM_PARAMETERS , mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE
#else
#define RANDOM_PARAMETERS
#endif

int xstls_port_write_certificate(mbedtls_x509write_cert *draft, uint8_t *buffer, size_t size)
{
	return mbedtls_x509write_crt_der(draft, buffer, size RANDOM_PARAMETERS);
}

int xstls_port_write_request(mbedtls_x509write_csr *draft, uint8_t *buffer, size_t size)
{
	return mbedtls_x509write_csr_der(draft, buffer, size RANDOM_PARAMETERS);
}
