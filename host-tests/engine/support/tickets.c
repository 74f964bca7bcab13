#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tickets.h"

#include "fixture.h"

#include <stdlib.h>

#include "config/tls-config-state.h"
#include "handshake/tls-server-callbacks.h"
#include "session/tls-session-state.h"

ticket_giver tickets_begin(uint16_t version)
{
	ticket_giver giver = {0};

	for (size_t i = 0; i < handshake_kind_count && !giver.session; i++) {
		if (!handshake_kinds[i].tickets || handshake_kinds[i].version != version)
			continue;
		giver.ends = kind_set_up(&handshake_kinds[i]);
		giver.session = kind_server(&giver.ends);
		xstls_server_callbacks_set_up(&giver.session->handshake);
		xstls_server_callbacks_serve(&giver.session->handshake);
		// As if a ClientHello had come that offers all.
		giver.session->handshake.offered_suites = UINT32_MAX;
	}
	return giver;
}

void tickets_end(ticket_giver *giver)
{
	xstls_session_free(giver->session);
	kind_tear_down(&giver->ends);
}

size_t tickets_write(ticket_giver *giver, uint8_t *ticket, size_t capacity)
{
	const mbedtls_ssl_config *ssl = &giver->ends.server->ssl[TLS_SERVER];
	mbedtls_ssl_session session;
	uint32_t lifetime;
	size_t length;

	mbedtls_ssl_session_init(&session);
	assert_int_equal(mbedtls_ssl_session_load(&session, giver->ends.cached, giver->ends.cached_length), 0);
	assert_int_equal(ssl->f_ticket_write(ssl->p_ticket, &session, ticket, ticket + capacity, &length, &lifetime), 0);
	mbedtls_ssl_session_free(&session);
	return length;
}

// In a block of its own, for it is decrypted in place and a sanitizer sees a step beyond it.
bool tickets_read(ticket_giver *giver, const uint8_t *ticket, size_t length)
{
	const mbedtls_ssl_config *ssl = &giver->ends.server->ssl[TLS_SERVER];
	uint8_t *copy = malloc(length + (length == 0));
	mbedtls_ssl_session session;
	int result;

	if (length)
		memcpy(copy, ticket, length);
	mbedtls_ssl_session_init(&session);
	result = ssl->f_ticket_parse(ssl->p_ticket, &session, copy, length);
	mbedtls_ssl_session_free(&session);
	free(copy);
	return result == 0;
}
