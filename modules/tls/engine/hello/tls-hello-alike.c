#include "tls-hello-alike.h"

#include "psa/crypto.h"

#include "tls-hello-parts.h"

static bool may_change(uint16_t type)
{
	switch (type) {
	case TLS_HELLO_PADDING:
	case TLS_HELLO_PRE_SHARED_KEY:
	case TLS_HELLO_EARLY_DATA:
	case TLS_HELLO_COOKIE:
	case TLS_HELLO_KEY_SHARE:
		return true;
	default:
		return false;
	}
}

static bool add(psa_hash_operation_t *hash, xstls_hello_span span)
{
	return psa_hash_update(hash, span.data, span.length) == PSA_SUCCESS;
}

static bool add_parts(psa_hash_operation_t *hash, xstls_hello_parts parts)
{
	const uint8_t version[] = {(uint8_t)(parts.legacy_version >> 8), (uint8_t)parts.legacy_version};
	xstls_hello_extension extension;
	bool is_done = add(hash, (xstls_hello_span){version, sizeof(version)}) && add(hash, parts.start);

	while (is_done && xstls_hello_next_extension(&parts.extensions, &extension))
		is_done = may_change(extension.type) || add(hash, extension.whole);
	return is_done;
}

bool xstls_hello_alike(const uint8_t *message, size_t length, uint8_t digest[TLS_HELLO_ALIKE])
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	size_t count;
	bool is_done = psa_hash_setup(&hash, PSA_ALG_SHA_256) == PSA_SUCCESS &&
	               add_parts(&hash, xstls_hello_take_apart(message, length)) &&
	               psa_hash_finish(&hash, digest, TLS_HELLO_ALIKE, &count) == PSA_SUCCESS;

	psa_hash_abort(&hash);
	return is_done;
}
