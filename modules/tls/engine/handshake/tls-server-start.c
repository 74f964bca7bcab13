#include "tls-server-start.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "record/tls-alert.h"
#include "tls-abort.h"
#include "tls-handshake.h"
#include "tls-selection.h"

void tls_server_start_refuse(tls_handshake *h, tls_error code)
{
	tls_abort_in_clear(h, code, tls_alert_of(code));
}

// No memory is allocated for a peer whose first byte is not TLS's.
static tls_error expect_hello(tls_handshake *h, uint8_t first)
{
	if (h->hello)
		return TLS_E_NONE;
	if (!tls_hello_can_start_with(first))
		return tls_record_refusal(first);
	h->hello = tls_calloc(1, sizeof(tls_received_hello));
	return h->hello ? TLS_E_NONE : TLS_E_MEMORY;
}

static tls_error parse_hello(tls_handshake *h)
{
	size_t length;
	const uint8_t *message = tls_hello_message(&h->hello->collector, &length);

	return tls_hello_parse(message, length, &h->hello->hello);
}

size_t tls_server_start_feed(tls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0;
	tls_error error = expect_hello(h, ciphertext[0]);

	if (error == TLS_E_NONE)
		error = tls_hello_collect(&h->hello->collector, ciphertext, length, &taken);
	if (error == TLS_E_NONE && !tls_hello_is_complete(&h->hello->collector))
		return taken;
	if (error == TLS_E_NONE)
		error = parse_hello(h);
	if (error != TLS_E_NONE)
		tls_server_start_refuse(h, error);
	else if (h->asks_identity)
		h->state.phase = PHASE_SELECTING;
	else
		tls_server_start_continue(h);
	return taken;
}

// A name that is longer than any host's is ignored.
static bool keep_asked_name(tls_handshake *h)
{
	const tls_hello_span *name = &h->hello->hello.server_name;
	tls_asked_name *asked;

	if (!name->data || name->length > UINT8_MAX)
		return true;
	h->state.asked = asked = tls_calloc(1, sizeof(tls_asked_name) + name->length);
	if (!asked)
		return false;
	asked->length = (uint8_t)name->length;
	memcpy(asked->bytes, name->data, name->length);
	return true;
}

void tls_server_start_continue(tls_handshake *h)
{
	tls_selection_read_hello(h);
	if (!tls_selection_has_version(h))
		tls_server_start_refuse(h, TLS_E_PROTOCOL_VERSION);
	else if (!keep_asked_name(h))
		tls_server_start_refuse(h, TLS_E_MEMORY);
	else if (tls_handshake_begin(h))
		tls_handshake_feed(h, h->hello->collector.record, h->hello->collector.length);
}
