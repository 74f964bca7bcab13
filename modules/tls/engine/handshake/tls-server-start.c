#include "tls-server-start.h"

#include <string.h>

#include "config/tls-config-state.h"
#include "hello/tls-hello-judge.h"
#include "hello/tls-hello-rewrite.h"
#include "port/tls-alloc.h"
#include "port/tls-alert.h"
#include "tls-abort.h"
#include "tls-handshake.h"
#include "negotiation/tls-second-hello.h"
#include "negotiation/tls-selection.h"

static void refuse(xstls_handshake *h, xstls_error code)
{
	xstls_abort_in_clear(h, code, xstls_alert_of(code));
}

// RFC 6066 §3: unrecognized_name is about a name that came.
void xstls_server_start_refuse(xstls_handshake *h)
{
	bool has_name = h->hello->hello.server_name.data;

	xstls_abort_in_clear(h, TLS_E_UNRECOGNIZED_NAME,
	                     has_name ? TLS_ALERT_UNRECOGNIZED_NAME : TLS_ALERT_HANDSHAKE_FAILURE);
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

static bool is_1_3(const xstls_handshake *h)
{
	return h->state.config->highest == MBEDTLS_SSL_VERSION_TLS1_3 &&
	       xstls_hello_lists(h->hello->hello.versions, MBEDTLS_SSL_VERSION_TLS1_3);
}

static xstls_error judge_hello(const xstls_handshake *h)
{
	size_t length;
	const uint8_t *message = xstls_hello_message(&h->hello->collector, &length);

	return xstls_selection_has_version(h) ? xstls_hello_judge(message, length, is_1_3(h)) : TLS_E_PROTOCOL_VERSION;
}

// False for lack of memory; 0 bytes where the message can stay as it is.
static bool rewrite_hello(xstls_handshake *h, size_t *record_length)
{
	size_t length;
	const uint8_t *message = xstls_hello_message(&h->hello->collector, &length);
	uint8_t *record;

	*record_length = 0;
	if (!xstls_hello_needs_rewriting(message, length, is_1_3(h)))
		return true;
	record = xstls_calloc(1, TLS_HELLO_RECORD_HEADER + length + TLS_HELLO_REWRITE_MORE);
	if (!record)
		return false;
	length = xstls_hello_rewrite(message, length, is_1_3(h), record + TLS_HELLO_RECORD_HEADER);
	xstls_hello_write_record_header(record, length);
	*record_length = TLS_HELLO_RECORD_HEADER + length;
	h->hello->rewritten = record;
	h->hello->is_rewritten = true;
	return true;
}

static void begin(xstls_handshake *h)
{
	size_t length;

	if (!keep_asked_name(h) || !rewrite_hello(h, &length))
		refuse(h, TLS_E_MEMORY);
	else if (xstls_handshake_begin(h) && is_1_3(h) && !xstls_second_hello_expect(h))
		refuse(h, TLS_E_MEMORY);
	else if (h->state.phase == PHASE_HANDSHAKE)
		xstls_handshake_feed(h, length ? h->hello->rewritten : h->hello->collector.record,
		                     length ? length : h->hello->collector.length);
}

void xstls_server_start_continue(xstls_handshake *h)
{
	xstls_error error;

	xstls_selection_read_hello(h);
	error = judge_hello(h);
	if (error == TLS_E_NONE)
		begin(h);
	else
		refuse(h, error);
}

static xstls_error judge_second(const xstls_handshake *h)
{
	xstls_error error = judge_hello(h);

	if (error == TLS_E_NONE && h->hello->collector.length + TLS_HELLO_REWRITE_MORE > h->most_record)
		error = TLS_E_RECORD_OVERFLOW;
	return error == TLS_E_NONE ? xstls_second_hello_judge(h) : error;
}

static void continue_second(xstls_handshake *h)
{
	size_t length;
	xstls_error error = judge_second(h);

	if (error == TLS_E_NONE && !rewrite_hello(h, &length))
		error = TLS_E_MEMORY;
	if (error != TLS_E_NONE)
		refuse(h, error);
	else if (length)
		xstls_handshake_feed_second_hello(h, h->hello->rewritten, length);
	else
		xstls_handshake_feed_second_hello(h, h->hello->collector.record, h->hello->collector.length);
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
		refuse(h, error);
	else if (h->state.phase == PHASE_HANDSHAKE)
		continue_second(h);
	else if (h->asks_identity)
		h->state.phase = PHASE_SELECTING;
	else
		xstls_server_start_continue(h);
	return taken;
}
