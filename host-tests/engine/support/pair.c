#include "pair.h"

#include <stdlib.h>

#include "fixture.h"

void queue_put(byte_queue *queue, const uint8_t *data, size_t length)
{
	if (queue->end + length > queue->capacity) {
		queue->capacity = (queue->end + length) * 2;
		queue->data = realloc(queue->data, queue->capacity);
		assert_non_null(queue->data);
	}
	if (length)
		memcpy(queue->data + queue->end, data, length);
	queue->end += length;
}

size_t queue_length(const byte_queue *queue)
{
	return queue->end - queue->start;
}

const uint8_t *queue_front(const byte_queue *queue)
{
	return queue->data + queue->start;
}

void queue_drop(byte_queue *queue, size_t count)
{
	queue->start += count;
	if (queue->start == queue->end)
		queue->start = queue->end = 0;
}

void queue_free(byte_queue *queue)
{
	free(queue->data);
	*queue = (byte_queue){0};
}

pair pair_of(xstls_config *server, xstls_config *client)
{
	pair both = {0};

	both.server.session = xstls_session_new(server, TLS_SERVER, NULL);
	both.client.session = xstls_session_new(client, TLS_CLIENT, "device.local");
	xstls_config_release(server);
	xstls_config_release(client);
	return both;
}

static void peer_free(peer *end)
{
	xstls_session_free(end->session);
	queue_free(&end->wire);
	queue_free(&end->plain);
	end->session = NULL;
}

void pair_free(pair *both)
{
	peer_free(&both->client);
	peer_free(&both->server);
}

size_t peer_send(peer *from, peer *to)
{
	uint8_t buffer[2048];
	size_t total = 0, count;

	while ((count = xstls_session_drain(from->session, buffer, sizeof(buffer))) > 0) {
		queue_put(&to->wire, buffer, count);
		total += count;
	}
	return total;
}

static size_t feed_copy(peer *to, size_t count)
{
	uint8_t *copy = malloc(count);
	size_t taken;

	assert_non_null(copy);
	memcpy(copy, queue_front(&to->wire), count);
	taken = xstls_session_feed(to->session, copy, count);
	free(copy);
	queue_drop(&to->wire, taken);
	return taken;
}

static size_t read_all(peer *end)
{
	uint8_t buffer[1000];
	size_t total = 0, count;

	while ((count = xstls_session_read(end->session, buffer, sizeof(buffer))) > 0) {
		queue_put(&end->plain, buffer, count);
		total += count;
	}
	return total;
}

size_t peer_take(peer *to, size_t limit, size_t chunk)
{
	size_t total = 0;

	while (total < limit && queue_length(&to->wire)) {
		size_t count = queue_length(&to->wire) < limit - total ? queue_length(&to->wire) : limit - total;
		size_t taken = feed_copy(to, chunk && chunk < count ? chunk : count);

		if (taken + read_all(to) == 0)
			break;
		total += taken;
	}
	return total;
}

void pair_run(pair *both, size_t chunk)
{
	size_t moved;

	xstls_session_step(both->client.session);
	do {
		moved = peer_send(&both->client, &both->server) + peer_take(&both->server, SIZE_MAX, chunk);
		moved += peer_send(&both->server, &both->client) + peer_take(&both->client, SIZE_MAX, chunk);
	} while (moved);
}

static void assert_open(const peer *end)
{
	xstls_failure failure = xstls_session_failure(end->session);

	if (!xstls_session_is_established(end->session))
		fail_msg("not established: code %d alert %d library -0x%X flags 0x%X", (int)failure.code, failure.alert,
		         (unsigned)-failure.library, (unsigned)failure.verify_flags);
}

void pair_assert_open(const pair *both)
{
	assert_open(&both->client);
	assert_open(&both->server);
	assert_int_equal(xstls_session_status(both->client.session), TLS_OK);
	assert_int_equal(xstls_session_status(both->server.session), TLS_OK);
}

void assert_failed(const peer *end, xstls_error code, uint8_t alert, bool alert_received)
{
	xstls_failure failure = xstls_session_failure(end->session);

	assert_int_equal(xstls_session_status(end->session), TLS_FAIL);
	if (failure.code != code)
		fail_msg("code %d alert %d library -0x%X, not code %d", (int)failure.code, failure.alert,
		         (unsigned)-failure.library, (int)code);
	assert_int_equal(failure.alert, alert);
	assert_int_equal(failure.alert_received, alert_received);
}
