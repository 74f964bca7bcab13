#include "tls-session-owner.h"

#include "config/tls-config-state.h"

bool xstls_session_binding(const xstls_state *s, uint8_t binding[TLS_BINDING])
{
	const xstls_asked_name *asked = s->asked;

	return xstls_binding_with_name(s->config->binding[TLS_SERVER], asked ? asked->bytes : NULL,
	                               asked ? asked->length : 0, binding);
}

bool xstls_session_owner(const xstls_handshake *h, xstls_ticket_owner *owner)
{
	const xstls_state *s = &h->state;

	*owner = (xstls_ticket_owner){.extended_master_secret = h->offers_extended_master_secret};
	return xstls_session_binding(s, owner->binding) &&
	       (!s->psk || xstls_psks_get_token(s->config->psks, s->psk, owner->psk_token));
}
