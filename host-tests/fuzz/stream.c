#include "stream.h"

#include <stdlib.h>

#include "clock.h"
#include "open-crypto.h"
#include "random.h"

enum { INPUT_HEADER = 2, MOST_KINDS = 32 };

// Either end has randomness of its own, so that what it says depends on what it is told and on nothing else.
static const uint64_t seed_of[] = {[TLS_SERVER] = 1, [TLS_CLIENT] = 2};
static const uint8_t reply[] = "HTTP/1.1 204 No Content\r\n\r\n", request[] = "GET / HTTP/1.1\r\n\r\n";

static kind_ends *ends_of(size_t index)
{
	static kind_ends ends[MOST_KINDS];

	if (!ends[index].kind) {
		fuzz_stop_clock();
		open_crypto(0);
		random_seed(index + 3);
		ends[index] = kind_set_up(&handshake_kinds[index]);
		// The keys of tickets are renewed on the first, not on one that is being watched.
		kind_rewind(&ends[index]);
	}
	return &ends[index];
}

static xstls_session *open_end(kind_ends *ends, xstls_role role)
{
	return role == TLS_SERVER ? kind_server(ends) : kind_client(ends);
}

static void drain(xstls_session *session, byte_queue *into)
{
	uint8_t buffer[2048];
	size_t count;

	while ((count = xstls_session_drain(session, buffer, sizeof(buffer))) > 0)
		if (into)
			queue_put(into, buffer, count);
}

static size_t read_all(xstls_session *session)
{
	uint8_t buffer[1000];
	size_t count, total = 0;

	while ((count = xstls_session_read(session, buffer, sizeof(buffer))) > 0)
		total += count;
	return total;
}

// In a block of its own, so that a sanitizer sees a step beyond it.
static size_t feed_copy(xstls_session *session, const uint8_t *stream, size_t count)
{
	uint8_t *copy = malloc(count);
	size_t taken;

	memcpy(copy, stream, count);
	taken = xstls_session_feed(session, copy, count);
	free(copy);
	fuzz_check(taken <= count, "no more is taken than was given");
	return taken;
}

static void check_state(const xstls_session *session)
{
	xstls_failure failure = xstls_session_failure(session);
	bool has_failed = xstls_session_status(session) == TLS_FAIL;

	fuzz_check(has_failed == (failure.code != TLS_E_NONE), "who fails says why, and nobody else");
	fuzz_check(failure.code != TLS_E_MEMORY, "there was memory");
	fuzz_check(!has_failed || !xstls_session_is_established(session), "what has failed is not established");
}

static bool feed_stream(kind_ends *ends, xstls_session *session, const uint8_t *stream, size_t length, size_t chunk)
{
	size_t at = 0, moved = 1;
	bool was_open = false;

	xstls_session_step(session);
	while (at < length && moved) {
		size_t count = chunk && chunk < length - at ? chunk : length - at;

		moved = feed_copy(session, stream + at, count);
		at += moved;
		kind_select(ends, session);
		if (!was_open && xstls_session_is_established(session)) {
			was_open = true;
			xstls_session_write(session, reply, sizeof(reply) - 1);
		}
		moved += read_all(session);
		drain(session, NULL);
		check_state(session);
	}
	return was_open;
}

// Whether the handshake came to its end.
static bool run(kind_ends *ends, xstls_role role, const uint8_t *data, size_t length)
{
	xstls_session *session;
	bool was_open;

	kind_rewind(ends);
	open_crypto(data[0] & 1 ? OPEN_RECORDS : 0);
	random_seed(seed_of[role]);
	session = open_end(ends, role);
	was_open = feed_stream(ends, session, data + INPUT_HEADER, length - INPUT_HEADER, data[1]);
	xstls_session_close(session);
	xstls_session_feed_end(session);
	drain(session, NULL);
	check_state(session);
	xstls_session_free(session);
	kind_rewind(ends);
	open_crypto(0);
	return was_open;
}

static xstls_role role_under_test;

static void run_any(const uint8_t *data, size_t length)
{
	run(ends_of(data[0] / 2 % handshake_kind_count), role_under_test, data, length);
}

void stream_test(xstls_role role, const uint8_t *data, size_t length)
{
	role_under_test = role;
	if (length >= INPUT_HEADER)
		fuzz_check_leaks(run_any, data, length);
}

// Both ends in turn, each with its own randomness.
typedef struct {
	kind_ends *ends;
	xstls_session *session[2];
	uint64_t random[2];
	byte_queue told[2]; // from the start
	size_t taken[2];
} recording;

static void begin(recording *r, xstls_role role)
{
	r->random[role] = random_swap(seed_of[role]);
	r->session[role] = open_end(r->ends, role);
	xstls_session_step(r->session[role]);
	drain(r->session[role], &r->told[1 - role]);
	r->random[role] = random_swap(r->random[role]);
}

static size_t take_turn(recording *r, xstls_role role)
{
	byte_queue *told = &r->told[role];
	size_t count = told->end - r->taken[role];
	uint64_t other = random_swap(r->random[role]);

	if (count)
		r->taken[role] += feed_copy(r->session[role], told->data + r->taken[role], count);
	kind_select(r->ends, r->session[role]);
	read_all(r->session[role]);
	drain(r->session[role], &r->told[1 - role]);
	r->random[role] = random_swap(other);
	return count;
}

static void talk(recording *r)
{
	while (take_turn(r, TLS_SERVER) + take_turn(r, TLS_CLIENT))
		;
}

static void record(recording *r)
{
	begin(r, TLS_CLIENT);
	begin(r, TLS_SERVER);
	talk(r);
	fuzz_check(xstls_session_is_established(r->session[TLS_SERVER]), "a good connection comes about");
	xstls_session_write(r->session[TLS_CLIENT], request, sizeof(request) - 1);
	xstls_session_write(r->session[TLS_SERVER], reply, sizeof(reply) - 1);
	xstls_session_close(r->session[TLS_CLIENT]);
	xstls_session_close(r->session[TLS_SERVER]);
	talk(r);
	fuzz_check(xstls_session_is_ended_by_peer(r->session[TLS_CLIENT]), "a good connection is closed");
}

static void put_seed(const recording *r, xstls_role role, size_t kind, bool open)
{
	const byte_queue *told = &r->told[role];
	uint8_t *input = malloc(INPUT_HEADER + told->end);
	char name[64];

	input[0] = (uint8_t)(2 * kind + open);
	input[1] = 0;
	memcpy(input + INPUT_HEADER, told->data, told->end);
	snprintf(name, sizeof(name), "%s%s", r->ends->kind->name, open ? " open" : "");
	fuzz_check(run(r->ends, role, input, INPUT_HEADER + told->end), "a seed goes as deep as what it was made from");
	fuzz_put_seed(name, input, INPUT_HEADER + told->end);
	free(input);
}

void stream_make_seeds(xstls_role role)
{
	for (size_t i = 0; i < 2 * handshake_kind_count; i++) {
		recording r = {.ends = ends_of(i / 2)};

		kind_rewind(r.ends);
		open_crypto(i % 2 ? OPEN_RECORDS : 0);
		record(&r);
		put_seed(&r, role, i / 2, i % 2);
		for (int end = 0; end < 2; end++) {
			xstls_session_free(r.session[end]);
			queue_free(&r.told[end]);
		}
	}
}
