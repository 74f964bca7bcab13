// The ClientHello: its records in pieces, then its lists. The first byte says how many bytes come at a time.

#include <stdlib.h>

#include "fuzz.h"
#include "kinds.h"
#include "random.h"
#include "hello/tls-hello-alike.h"
#include "hello/tls-hello-collector.h"
#include "hello/tls-hello-judge.h"
#include "hello/tls-hello-parts.h"
#include "hello/tls-hello-psk.h"
#include "hello/tls-hello-rewrite.h"
#include "hello/tls-hello.h"

static void look_at(xstls_hello_span span, const uint8_t *message, size_t length)
{
	if (!span.data)
		return;
	fuzz_check(span.data >= message && span.data + span.length <= message + length, "a list is within the message");
	xstls_hello_lists(span, 0x0303);
}

static void rewrite(const uint8_t *message, size_t length, bool is_1_3)
{
	uint8_t *other = malloc(length + TLS_HELLO_REWRITE_MORE);
	xstls_hello hello;
	size_t written;

	xstls_hello_judge(message, length, is_1_3);
	if (xstls_hello_needs_rewriting(message, length, is_1_3)) {
		written = xstls_hello_rewrite(message, length, is_1_3, other);
		fuzz_check(xstls_hello_parse(other, written, &hello) == TLS_E_NONE, "what is rewritten can be read");
		fuzz_check(!xstls_hello_needs_rewriting(other, written, is_1_3), "nothing is left to rewrite");
	}
	free(other);
}

// What reads it again, of a second one and of one that offers keys.
static void read_again(const uint8_t *message, size_t length)
{
	const xstls_hello_span name = {(const uint8_t *)"alice", 5}; // of kinds.c
	const xstls_reader shares = xstls_hello_shares(message, length);
	uint8_t digest[TLS_HELLO_ALIKE], again[TLS_HELLO_ALIKE];
	size_t truncated;

	look_at((xstls_hello_span){shares.at, shares.left}, message, length);
	look_at(xstls_hello_binder(message, length, name, &truncated), message, length);
	fuzz_check(truncated <= length, "the binders begin within the message");
	fuzz_check(xstls_hello_alike(message, length, digest) && xstls_hello_alike(message, length, again), "it is hashed");
	fuzz_check(memcmp(digest, again, sizeof(digest)) == 0, "a message is like itself");
}

static void parse(const uint8_t *message, size_t length)
{
	xstls_hello hello;

	if (xstls_hello_parse(message, length, &hello) != TLS_E_NONE)
		return;
	const xstls_hello_span spans[] = {hello.ciphers,  hello.server_name,          hello.alpn,
	                                  hello.versions, hello.signature_algorithms, hello.signature_algorithms_cert,
	                                  hello.groups};

	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++)
		look_at(spans[i], message, length);
	rewrite(message, length, false);
	rewrite(message, length, true);
	read_again(message, length);
}

static void run(const uint8_t *data, size_t length)
{
	xstls_hello_collector collector = {0};
	size_t at = 1, taken, chunk = length ? data[0] : 0;
	xstls_error error = TLS_E_NONE;

	while (at < length && error == TLS_E_NONE && !xstls_hello_is_complete(&collector)) {
		size_t count = chunk && chunk < length - at ? chunk : length - at;

		error = xstls_hello_collect(&collector, data + at, count, &taken);
		fuzz_check(taken > 0 && taken <= count, "it takes something, and no more than there is");
		at += taken;
	}
	if (error == TLS_E_NONE && xstls_hello_is_complete(&collector)) {
		const uint8_t *message = xstls_hello_message(&collector, &taken);

		parse(message, taken);
	}
	xstls_hello_collector_clear(&collector);
	if (length)
		parse(data + 1, length - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	fuzz_check_leaks(run, data, length);
	return 0;
}

void fuzz_make_seeds(void)
{
	fuzz_stop_clock();
	random_seed(1);
	for (size_t i = 0; i < handshake_kind_count; i++) {
		kind_ends ends = kind_set_up(&handshake_kinds[i]);
		xstls_session *client = kind_client(&ends);
		uint8_t hello[4096] = {0};

		xstls_session_step(client);
		fuzz_put_seed(ends.kind->name, hello, 1 + xstls_session_drain(client, hello + 1, sizeof(hello) - 1));
		xstls_session_free(client);
		kind_tear_down(&ends);
	}
}
