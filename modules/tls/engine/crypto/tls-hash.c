#include "tls-hash.h"

#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-digest.h"

struct xstls_hash {
	psa_hash_operation_t operation;
};

xstls_hash *xstls_hash_new(void)
{
	if (!xstls_port_start())
		return NULL;
	xstls_hash *hash = xstls_calloc(1, sizeof(*hash));

	if (hash && psa_hash_setup(&hash->operation, PSA_ALG_SHA_256) != PSA_SUCCESS) {
		xstls_free(hash);
		return NULL;
	}
	return hash;
}

void xstls_hash_free(xstls_hash *hash)
{
	if (!hash)
		return;
	psa_hash_abort(&hash->operation);
	xstls_free(hash);
}

bool xstls_hash_update(xstls_hash *hash, const uint8_t *data, size_t length)
{
	return psa_hash_update(&hash->operation, data, length) == PSA_SUCCESS;
}

bool xstls_hash_finish(xstls_hash *hash, uint8_t *digest)
{
	size_t written;

	return psa_hash_finish(&hash->operation, digest, TLS_DIGEST_SIZE, &written) == PSA_SUCCESS;
}
