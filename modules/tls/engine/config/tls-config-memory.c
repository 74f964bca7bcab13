#include "tls-config-memory.h"

#include "mbedtls/ssl.h"

#include "port/tls-port-heap.h"
#include "record/tls-record-limits.h"
#include "tls-config-state.h"
#include "x509/tls-parse.h"

enum {
	HANDSHAKE = MBEDTLS_SSL_OUT_CONTENT_LEN + 8192, // with EC keys
	RSA_SIGNATURE = 8192,                           // besides what its numbers take
	RSA_NUMBERS = 32,                               // as long as the modulus
	CHAIN_COPIES = 4,                               // of a client: received in pieces, parsed, kept
	USUAL_CHAIN = 4096,                             // of a client, for which memory is kept
	LONG_CHAIN = 2,                                 // times that one stands there, and its records wait to be sent
	// While mbedTLS reads the ClientHello, besides that, and how often that one stands there then: written anew and in
	// mbedTLS's buffer, or twice in the latter as it grows. None of it is there when the other things are.
	READING = MBEDTLS_SSL_OUT_CONTENT_LEN + 5632,
	HELLOS = 2,
};

static size_t own_part(const xstls_config *config)
{
	size_t modulus = 0, chain = 0, sum = HANDSHAKE;

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
	return sum;
}

size_t xstls_config_client_memory(const xstls_config *config, bool early_data)
{
	if (config->verify[TLS_SERVER] == TLS_VERIFY_NONE)
		return 0;
	// A record of the client's chain stands there once more, for it might be early data.
	return CHAIN_COPIES * USUAL_CHAIN + (early_data ? TLS_RECORD_MOST_OF_CLIENT : 0);
}

size_t xstls_config_most_chain(void)
{
	const size_t free = xstls_port_measure_heap().free, others = HANDSHAKE + TLS_HEAP_RESERVE;
	const size_t most = free > others ? (free - others) / CHAIN_COPIES : 0;

	return most > USUAL_CHAIN ? most : USUAL_CHAIN;
}

size_t xstls_config_memory_for(const xstls_config *config, size_t hello, bool early_data)
{
	const size_t reading = READING + HELLOS * hello,
	             sum = own_part(config) + xstls_config_client_memory(config, early_data);

	return (sum > reading ? sum : reading) + TLS_HEAP_RESERVE;
}

size_t xstls_config_handshake_memory(const xstls_config *config)
{
	return xstls_config_memory_for(config, 0, false);
}
