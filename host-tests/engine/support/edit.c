#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "edit.h"

#include <stdlib.h>

#include "fixture.h"
#include "port/messages/tls-port-message.h"
#include "port/tls-port-session.h"
#include "record/tls-binder.h"
#include "record/tls-suite.h"
#include "session/tls-session-state.h"

enum { RECORD_HEADER = 5, HANDSHAKE = 22, MESSAGE_HEADER = 4, SERVER_HELLO = 2, BEFORE_SESSION_ID = 4 + 2 + 32 };

static size_t number_at(const uint8_t *bytes)
{
	return (size_t)bytes[0] << 8 | bytes[1];
}

static void put_number(uint8_t *bytes, size_t number)
{
	bytes[0] = (uint8_t)(number >> 8);
	bytes[1] = (uint8_t)number;
}

message edit_take(peer *to)
{
	const uint8_t *record = queue_front(&to->wire);
	message taken = {.length = number_at(record + 3)};

	assert_int_equal(record[0], HANDSHAKE);
	assert_true(taken.length >= MESSAGE_HEADER && taken.length <= sizeof(taken.bytes));
	memcpy(taken.bytes, record + RECORD_HEADER, taken.length);
	queue_drop(&to->wire, RECORD_HEADER + taken.length);
	return taken;
}

void edit_put(peer *to, const message *edited)
{
	byte_queue rest = to->wire;
	uint8_t header[RECORD_HEADER] = {HANDSHAKE, 3, 3};

	put_number(header + 3, edited->length);
	to->wire = (byte_queue){0};
	queue_put(&to->wire, header, sizeof(header));
	queue_put(&to->wire, edited->bytes, edited->length);
	queue_put(&to->wire, rest.data + rest.start, queue_length(&rest));
	queue_free(&rest);
}

void edit_splice(message *edited, size_t at, size_t removed, const void *bytes, size_t count)
{
	assert_true(at + removed <= edited->length);
	assert_true(edited->length - removed + count <= sizeof(edited->bytes));
	memmove(edited->bytes + at + count, edited->bytes + at + removed, edited->length - at - removed);
	if (count)
		memcpy(edited->bytes + at, bytes, count);
	edited->length = edited->length - removed + count;
	put_number(edited->bytes + 2, edited->length - MESSAGE_HEADER);
}

size_t edit_extensions(const message *hello)
{
	const uint8_t *bytes = hello->bytes;
	size_t at = BEFORE_SESSION_ID + 1 + bytes[BEFORE_SESSION_ID];

	if (bytes[0] == SERVER_HELLO)
		return at + 3;
	at += 2 + number_at(bytes + at);
	return at + 1 + bytes[at];
}

void edit_add_extension(message *hello, uint16_t type, const void *body, size_t length)
{
	size_t start = edit_extensions(hello);
	uint8_t head[4];

	put_number(head, type);
	put_number(head + 2, length);
	edit_splice(hello, hello->length, 0, head, sizeof(head));
	edit_splice(hello, hello->length, 0, body, length);
	put_number(hello->bytes + start, hello->length - start - 2);
}

size_t edit_find_extension(const message *hello, uint16_t type)
{
	for (size_t at = edit_extensions(hello) + 2; at < hello->length; at += 4 + number_at(hello->bytes + at + 2))
		if (number_at(hello->bytes + at) == type)
			return at;
	return 0;
}

bool edit_drop_extension(message *hello, uint16_t type)
{
	size_t start = edit_extensions(hello), at = edit_find_extension(hello, type);

	if (at == 0)
		return false;
	edit_splice(hello, at, 4 + number_at(hello->bytes + at + 2), NULL, 0);
	put_number(hello->bytes + start, hello->length - start - 2);
	return true;
}

void edit_bind(const peer *client, message *hello, const char *key, const void *before, size_t length)
{
	const xstls_suite *suite = xstls_suite_of(xstls_port_agreed_suite(client->session->handshake.ssl));
	xstls_binder_key binder = {.hash = key ? PSA_ALG_SHA_256 : suite->hash, .is_resumption = !key};
	const size_t size = PSA_HASH_LENGTH(binder.hash), truncated = hello->length - size - 1 - 2;
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	uint8_t transcript[PSA_HASH_MAX_SIZE];
	size_t count;

	if (key)
		binder.key = (xstls_hmac_span){(const uint8_t *)key, strlen(key)};
	else
		binder.key.data =
		    xstls_port_resumption_key(client->session->handshake.ssl->session_negotiate, &binder.key.length);
	assert_int_equal(hello->bytes[hello->length - size - 1], size);
	assert_int_equal(psa_hash_setup(&hash, binder.hash), PSA_SUCCESS);
	assert_int_equal(psa_hash_update(&hash, before, length), PSA_SUCCESS);
	assert_int_equal(psa_hash_update(&hash, hello->bytes, truncated), PSA_SUCCESS);
	assert_int_equal(psa_hash_finish(&hash, transcript, sizeof(transcript), &count), PSA_SUCCESS);
	assert_true(xstls_binder_compute(&binder, transcript, hello->bytes + hello->length - size));
}

pair edit_begin(xstls_config *server, xstls_config *client, message *hello)
{
	pair both = pair_of(server, client);

	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	*hello = edit_take(&both.server);
	return both;
}

void edit_run(pair *both, const message *hello)
{
	assert_int_equal(xstls_port_begin_transcript(both->client.session->handshake.ssl, hello->bytes, hello->length), 0);
	edit_put(&both->server, hello);
	pair_run(both, 0);
}
