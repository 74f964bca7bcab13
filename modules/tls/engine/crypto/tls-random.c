#include "tls-random.h"

#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

bool xstls_random(uint8_t *bytes, size_t length)
{
	return length <= TLS_RANDOM_MOST && xstls_port_start() && psa_generate_random(bytes, length) == PSA_SUCCESS;
}
