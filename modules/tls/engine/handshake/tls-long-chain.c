#include "tls-long-chain.h"

#include <string.h>

#include "psa/crypto.h"

#include "config/tls-config-state.h"
#include "negotiation/tls-selection.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "x509/tls-parse.h"

static uint8_t *put_length(uint8_t *out, size_t length)
{
	*out++ = (uint8_t)(length >> 16);
	*out++ = (uint8_t)(length >> 8);
	*out++ = (uint8_t)length;
	return out;
}

// RFC 8446 §4.4.2, without a certificate_request_context and extensions; RFC 5246 §7.4.2.
static uint8_t *put_chain(uint8_t *out, const mbedtls_x509_crt *chain, bool is_1_3)
{
	uint8_t *list;

	if (is_1_3)
		*out++ = 0;
	list = out;
	out += 3;
	for (; chain; chain = chain->next) {
		out = put_length(out, chain->raw.len);
		memcpy(out, chain->raw.p, chain->raw.len);
		out += chain->raw.len;
		if (is_1_3) {
			*out++ = 0;
			*out++ = 0;
		}
	}
	put_length(list, (size_t)(out - list) - 3);
	return out;
}

static int write_chain(xstls_handshake *h, const mbedtls_x509_crt *chain)
{
	bool is_1_3 = mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
	uint8_t *body = xstls_calloc(1, xstls_parse_message_length(chain));
	int result;

	if (!body)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	result = xstls_port_send_chain(h->ssl, body, (size_t)(put_chain(body, chain, is_1_3) - body));
	xstls_free(body);
	return result;
}

// Whose Certificate is the next message, NULL where it is another. mbedTLS's client takes its first identity.
static const xstls_identity *identity_to_show(const xstls_handshake *h)
{
	if (h->state.role == TLS_SERVER)
		return xstls_port_is_at_certificate(h->ssl) ? xstls_selection_identity(h) : NULL;
	return h->is_asked_for_certificate && xstls_port_is_at_client_certificate(h->ssl) ? h->state.config->identities
	                                                                                  : NULL;
}

int xstls_long_chain_write(xstls_handshake *h, bool *is_written)
{
	const xstls_identity *identity = identity_to_show(h);
	int result;

	*is_written = false;
	if (!identity || xstls_parse_fits_library(&identity->chain))
		return 0;
	result = write_chain(h, &identity->chain);
	*is_written = result == 0;
	return result;
}
