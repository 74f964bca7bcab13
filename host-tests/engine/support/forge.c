#include "forge.h"

#include "fixture.h"
#include "session/tls-session-state.h"

pair forge_open_pair(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));

	pair_run(&both, 0);
	pair_assert_open(&both);
	return both;
}

void forge_record(peer *from, peer *to, uint8_t type, const void *content, size_t length)
{
	assert_true(xstls_records_put(from->session->handshake.state.records, &from->session->handshake.state.outbox, type,
	                              content, length));
	peer_send(from, to);
}

void forge_deliver(peer *to, size_t chunk)
{
	peer_take(to, SIZE_MAX, chunk);
}

void forge_update_keys(peer *from)
{
	assert_true(xstls_records_update(&from->session->handshake.state.records->out, PSA_KEY_USAGE_ENCRYPT));
}

void forge_assert_flows(peer *from, peer *to)
{
	static const uint8_t text[] = "still here";

	assert_int_equal(xstls_session_write(from->session, text, sizeof(text)), sizeof(text));
	peer_send(from, to);
	forge_deliver(to, 0);
	assert_int_equal(queue_length(&to->plain), sizeof(text));
	assert_memory_equal(queue_front(&to->plain), text, sizeof(text));
	queue_drop(&to->plain, sizeof(text));
}
