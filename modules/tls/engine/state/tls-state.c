#include "tls-state.h"

#include "config/tls-config.h"
#include "port/tls-alloc.h"

bool xstls_state_is_established(const xstls_state *s)
{
	return s->phase == PHASE_OPEN || s->phase == PHASE_PEER_ENDED;
}

bool xstls_state_has_verified(const xstls_state *s)
{
	return s->negotiated.chain && s->negotiated.verify_flags == 0;
}

static void free_connection(xstls_state *s)
{
	xstls_records_free(s->records);
	s->records = NULL;
	xstls_free(s->negotiated.chain);
	s->negotiated = (xstls_negotiated){0};
}

void xstls_state_fail(xstls_state *s, xstls_failure failure)
{
	s->failure = failure;
	free_connection(s);
	s->phase = PHASE_FAILED;
}

void xstls_state_free(xstls_state *s)
{
	free_connection(s);
	xstls_outbox_clear(&s->outbox);
	xstls_config_release(s->config);
	xstls_client_free(s->client);
	xstls_free(s->asked);
}
