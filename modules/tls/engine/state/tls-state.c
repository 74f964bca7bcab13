#include "tls-state.h"

#include "config/tls-config.h"
#include "port/tls-alloc.h"

bool tls_state_is_established(const tls_state *s)
{
	return s->phase == PHASE_OPEN || s->phase == PHASE_PEER_ENDED;
}

bool tls_state_has_verified(const tls_state *s)
{
	return s->negotiated.chain && s->negotiated.verify_flags == 0;
}

static void free_connection(tls_state *s)
{
	tls_records_free(s->records);
	s->records = NULL;
	tls_free(s->negotiated.chain);
	s->negotiated = (tls_negotiated){0};
}

void tls_state_fail(tls_state *s, tls_failure failure)
{
	s->failure = failure;
	free_connection(s);
	s->phase = PHASE_FAILED;
}

void tls_state_free(tls_state *s)
{
	free_connection(s);
	tls_outbox_clear(&s->outbox);
	tls_config_release(s->config);
	tls_client_free(s->client);
	tls_free(s->asked);
}
