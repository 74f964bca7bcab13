#include "forge.h"

#include "fixture.h"
#include "port/tls-port-handshake.h"
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

pair forge_pair_in_handshake(uint16_t version)
{
	pair both = pair_of(config_server("ec256", version), config_client(version));
	const uint8_t *hello;

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	hello = queue_front(&both.client.wire);
	peer_take(&both.client, TLS_RECORD_HEADER + ((size_t)hello[3] << 8 | hello[4]), 0);
	queue_drop(&both.client.wire, queue_length(&both.client.wire));
	return both;
}

xstls_direction forge_handshake_keys(const pair *both, xstls_role writer, psa_key_usage_t usage)
{
	const xstls_handshake *h = &both->server.session->handshake;
	const xstls_suite *suite = xstls_suite_of((uint16_t)xstls_port_negotiated_suite(h->ssl));
	xstls_direction keys = {.protection = {.suite = suite, .version = TLS13}};

	assert_true(xstls_records_set_secret(&keys, usage, h->work->handshake[writer]));
	return keys;
}

void forge_by(xstls_direction *keys, peer *to, uint8_t type, const void *content, size_t length)
{
	static uint8_t record[16384 + 64];

	assert_int_equal(xstls_protection_seal(&keys->protection, type, content, length, record), PSA_SUCCESS);
	queue_put(&to->wire, record, xstls_protection_expansion(&keys->protection) + length);
}

peer *forge_end(pair *both, xstls_role role)
{
	return role == TLS_SERVER ? &both->server : &both->client;
}

xstls_role forge_other(xstls_role role)
{
	return role == TLS_SERVER ? TLS_CLIENT : TLS_SERVER;
}
