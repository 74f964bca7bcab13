#include "tls-digest.h"

#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

bool xstls_digest(const uint8_t *data, size_t length, uint8_t digest[TLS_DIGEST_SIZE])
{
	size_t written;

	return xstls_port_start() &&
	       psa_hash_compute(PSA_ALG_SHA_256, data, length, digest, TLS_DIGEST_SIZE, &written) == PSA_SUCCESS;
}
