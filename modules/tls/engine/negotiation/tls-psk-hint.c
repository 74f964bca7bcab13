#include "tls-psk-hint.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"

enum { LENGTH = 2 };

// Nothing but the error message of a client depends on the hint. One with a NUL in it is ignored, and so is a lack of
// memory.
void xstls_psk_hint_read(xstls_handshake *h)
{
	xstls_client *client = h->state.client;
	size_t length, rest;
	const uint8_t *content = xstls_port_psk_key_exchange(h->ssl, &rest);

	if (!content || rest < LENGTH)
		return;
	length = (size_t)content[0] << 8 | content[1];
	content += LENGTH;
	if (length == 0 || length > rest - LENGTH || length > TLS_PSK_MOST_IDENTITY || memchr(content, 0, length))
		return;
	xstls_free(client->hint);
	client->hint = xstls_calloc(1, length + 1);
	if (client->hint)
		memcpy(client->hint, content, length);
	else
		xstls_alloc_clear_failure();
}

int xstls_psk_hint_write(xstls_handshake *h)
{
	uint8_t content[LENGTH + TLS_PSK_MOST_IDENTITY];
	const xstls_config *config = h->state.config;
	size_t length = config->psk_hint_length;

	if (length == 0 || !xstls_port_needs_no_key_exchange(h->ssl))
		return 0;
	content[0] = (uint8_t)(length >> 8);
	content[1] = (uint8_t)length;
	memcpy(content + LENGTH, config->psk_hint, length);
	return xstls_port_write_key_exchange(h->ssl, content, LENGTH + length);
}
