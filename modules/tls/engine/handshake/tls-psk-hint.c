#include "tls-psk-hint.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "config/tls-config-private.h"
#include "port/tls-port.h"

enum { LENGTH = 2 };

// One that is not to be had for want of memory, or that has a NUL in it, is as good as none: clients need it for no
// more than to tell.
void tls_psk_hint_read(tls_session *s)
{
	size_t length, rest;
	const uint8_t *content = tls_port_psk_key_exchange(s->ssl, &rest);

	if (!content || rest < LENGTH)
		return;
	length = (size_t)content[0] << 8 | content[1];
	content += LENGTH;
	if (length == 0 || length > rest - LENGTH || length > TLS_PSK_MOST_IDENTITY || memchr(content, 0, length))
		return;
	tls_free(s->client->hint);
	s->client->hint = tls_calloc(1, length + 1);
	if (s->client->hint)
		memcpy(s->client->hint, content, length);
	else
		tls_alloc_clear_failure();
}

int tls_psk_hint_write(tls_session *s)
{
	uint8_t content[LENGTH + TLS_PSK_MOST_IDENTITY];
	size_t length = s->config->psk_hint_length;

	if (length == 0 || !tls_port_needs_no_key_exchange(s->ssl))
		return 0;
	content[0] = (uint8_t)(length >> 8);
	content[1] = (uint8_t)length;
	memcpy(content + LENGTH, s->config->psk_hint, length);
	return tls_port_write_key_exchange(s->ssl, content, LENGTH + length);
}

const char *tls_session_psk_hint(const tls_session *s)
{
	return s->client && tls_session_is_established(s) ? s->client->hint : NULL;
}
