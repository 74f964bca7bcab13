#include "tls-config-memory.h"

#include "mbedtls/ssl.h"

#include "port/tls-port-heap.h"
#include "tls-config-state.h"
#include "x509/tls-parse.h"

enum {
	HANDSHAKE = MBEDTLS_SSL_OUT_CONTENT_LEN + 8192, // with EC keys
	RSA_SIGNATURE = 8192,                           // besides what its numbers take
	RSA_NUMBERS = 32,                               // as long as the modulus
	CLIENT_CHAIN = 12288,                           // received, parsed and verified
	LONG_CHAIN = 2,                                 // times that one stands there, and its records wait to be sent
};

size_t xstls_config_handshake_memory(const xstls_config *config)
{
	size_t modulus = 0, chain = 0, sum = HANDSHAKE + TLS_HEAP_RESERVE;

	for (const xstls_identity *at = config->identities; at; at = at->next) {
		size_t length = at->group ? 0 : mbedtls_pk_get_bitlen(&at->chain.pk) / 8;
		size_t message = xstls_parse_fits_library(&at->chain) ? 0 : xstls_parse_message_length(&at->chain);

		if (length > modulus)
			modulus = length;
		if (message > chain)
			chain = message;
	}
	sum += LONG_CHAIN * chain;
	if (modulus)
		sum += RSA_SIGNATURE + RSA_NUMBERS * modulus;
	if (config->verify[TLS_SERVER] != TLS_VERIFY_NONE)
		sum += CLIENT_CHAIN;
	return sum;
}
