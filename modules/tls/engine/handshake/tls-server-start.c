#include "tls-server-start.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "port/tls-alert.h"
#include "tls-abort.h"
#include "tls-handshake.h"
#include "negotiation/tls-selection.h"

void xstls_server_start_refuse(xstls_handshake *h, xstls_error code)
{
	xstls_abort_in_clear(h, code, xstls_alert_of(code));
}

// No memory is allocated for a peer whose first byte is not TLS's.
static xstls_error expect_hello(xstls_handshake *h, uint8_t first)
{
	if (h->hello)
		return TLS_E_NONE;
	if (!xstls_hello_can_start_with(first))
		return xstls_record_refusal(first);
	h->hello = xstls_calloc(1, sizeof(xstls_received_hello));
	return h->hello ? TLS_E_NONE : TLS_E_MEMORY;
}

static xstls_error parse_hello(xstls_handshake *h)
{
	size_t length;
	const uint8_t *message = xstls_hello_message(&h->hello->collector, &length);

	return xstls_hello_parse(message, length, &h->hello->hello);
}

size_t xstls_server_start_feed(xstls_handshake *h, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0;
	xstls_error error = expect_hello(h, ciphertext[0]);

	if (error == TLS_E_NONE)
		error = xstls_hello_collect(&h->hello->collector, ciphertext, length, &taken);
	if (error == TLS_E_NONE && !xstls_hello_is_complete(&h->hello->collector))
		return taken;
	if (error == TLS_E_NONE)
		error = parse_hello(h);
	if (error != TLS_E_NONE)
		xstls_server_start_refuse(h, error);
	else if (h->asks_identity)
		h->state.phase = PHASE_SELECTING;
	else
		xstls_server_start_continue(h);
	return taken;
}

// A name that is longer than any host's is ignored.
static bool keep_asked_name(xstls_handshake *h)
{
	const xstls_hello_span *name = &h->hello->hello.server_name;
	xstls_asked_name *asked;

	if (!name->data || name->length > UINT8_MAX)
		return true;
	h->state.asked = asked = xstls_calloc(1, sizeof(xstls_asked_name) + name->length);
	if (!asked)
		return false;
	asked->length = (uint8_t)name->length;
	memcpy(asked->bytes, name->data, name->length);
	return true;
}

void xstls_server_start_continue(xstls_handshake *h)
{
	xstls_selection_read_hello(h);
	if (!xstls_selection_has_version(h))
		xstls_server_start_refuse(h, TLS_E_PROTOCOL_VERSION);
	else if (!keep_asked_name(h))
		xstls_server_start_refuse(h, TLS_E_MEMORY);
	else if (xstls_handshake_begin(h))
		xstls_handshake_feed(h, h->hello->collector.record, h->hello->collector.length);
}
