#include "tls-samples.h"

#include <string.h>

#include "crypto/tls-digest.h"
#include "tls-known-samples.h"

static bool is_sample(const uint8_t digest[TLS_DIGEST_SIZE])
{
	for (size_t i = 0; i < sizeof(known_samples) / sizeof(known_samples[0]); i++)
		if (memcmp(known_samples[i], digest, TLS_DIGEST_SIZE) == 0)
			return true;
	return false;
}

bool xstls_samples_include(const mbedtls_x509_crt *chain)
{
	uint8_t digest[TLS_DIGEST_SIZE];

	for (; chain && chain->version; chain = chain->next)
		if (xstls_digest(chain->pk_raw.p, chain->pk_raw.len, digest) && is_sample(digest))
			return true;
	return false;
}
