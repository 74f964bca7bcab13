#include "tls-hello-alike.h"

#include "psa/crypto.h"

#include "tls-hello-parts.h"

// What a server goes by. Of others it cannot know what may change in them: an encrypted_client_hello does.
static const uint16_t compared[] = {
    TLS_HELLO_SERVER_NAME, TLS_HELLO_SUPPORTED_GROUPS,          TLS_HELLO_SIGNATURE_ALGORITHMS,
    TLS_HELLO_ALPN,        TLS_HELLO_RECORD_SIZE_LIMIT,         TLS_HELLO_SUPPORTED_VERSIONS,
    TLS_HELLO_PSK_MODES,   TLS_HELLO_SIGNATURE_ALGORITHMS_CERT,
};
enum { COMPARED = sizeof(compared) / sizeof(compared[0]) };

static bool add(psa_hash_operation_t *hash, xstls_hello_span span)
{
	return psa_hash_update(hash, span.data, span.length) == PSA_SUCCESS;
}

static bool add_extension(psa_hash_operation_t *hash, xstls_reader extensions, uint16_t type)
{
	xstls_hello_extension extension;

	while (xstls_hello_next_extension(&extensions, &extension))
		if (extension.type == type)
			return add(hash, extension.whole);
	return true;
}

static bool add_parts(psa_hash_operation_t *hash, xstls_hello_parts parts)
{
	const uint8_t version[] = {(uint8_t)(parts.legacy_version >> 8), (uint8_t)parts.legacy_version};
	bool is_done = add(hash, (xstls_hello_span){version, sizeof(version)}) && add(hash, parts.start);

	for (size_t i = 0; is_done && i < COMPARED; i++)
		is_done = add_extension(hash, parts.extensions, compared[i]);
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
