#include "alloc-faults.h"

#include <stdlib.h>

#include "crypto/tls-rsa.h"
#include "fixture.h"
#include "kinds.h"

#include "psa/crypto.h"

#include "call-paths.h"
#include "random.h"

static const uint8_t data[5000];

// mbedTLS 3.6 leaves a key in PSA's store when the import of a TLS 1.3 direction's second key fails (its caller frees
// the transform without destroying the first): one key a failure, which is all that may be left.
static size_t keys_left;

// So every run starts from an empty store, and with nothing kept of an RSA key.
static void restart_crypto(void)
{
	xstls_rsa_place place = {0};

	xstls_rsa_hold(&place);
	xstls_rsa_release(&place);
	mbedtls_psa_crypto_free();
	assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

static size_t count_keys(void)
{
	mbedtls_psa_stats_t stats;

	mbedtls_psa_get_stats(&stats);
	return stats.MBEDTLS_PRIVATE(volatile_slots);
}

static void exchange(peer *from)
{
	if (xstls_session_is_established(from->session))
		xstls_session_write(from->session, data, sizeof(data));
}

// A connection from end to end. The same seed each time, so that the n-th allocation is the same one.
static pair converse(kind_ends *ends)
{
	pair both = {0};

	random_seed(1);
	both.server.session = kind_server(ends);
	both.client.session = kind_client(ends);
	if (!both.server.session || !both.client.session)
		return both;
	kind_run(ends, &both);
	exchange(&both.client);
	exchange(&both.server);
	pair_run(&both, 0);
	xstls_session_close(both.client.session);
	xstls_session_close(both.server.session);
	pair_run(&both, 0);
	return both;
}

static bool has_failed(const peer *end)
{
	return xstls_session_status(end->session) == TLS_FAIL;
}

static bool has_all(const peer *end)
{
	return queue_length(&end->plain) == sizeof(data) && xstls_session_is_ended_by_peer(end->session);
}

// An end is well if the whole conversation reached it, and otherwise says that it is not. NULL when all is right.
static const char *judge(const pair *both)
{
	const peer *ends[] = {&both->server, &both->client};
	bool failed = false, for_memory = false;

	for (int i = 0; i < 2; i++) {
		xstls_error code = xstls_session_failure(ends[i]->session).code;

		if (has_failed(ends[i]) && code == TLS_E_NONE)
			return "failed without a code";
		if (!has_failed(ends[i]) && xstls_session_is_ended_by_peer(ends[i]->session) && !has_all(ends[i]))
			return "ended as if all were well";
		failed |= has_failed(ends[i]);
		for_memory |= code == TLS_E_MEMORY;
	}
	if (failed && !for_memory)
		return "called something else";
	if (!failed && !(has_all(ends[0]) && has_all(ends[1])))
		return "something was lost and nobody says so";
	return NULL;
}

static void fail_at(kind_ends *ends, size_t n, int forever)
{
	size_t most_left = ends->kind->version == TLS12 ? 0 : 1;
	xstls_alloc_counters before;
	pair both;
	const char *complaint = NULL;

	kind_rewind(ends);
	restart_crypto();
	before = xstls_alloc_count();
	xstls_alloc_fail_at(n, forever);
	both = converse(ends);
	xstls_alloc_fail_at(0, 0);
	if (both.server.session && both.client.session)
		complaint = judge(&both);
	if (complaint)
		fail_msg("%s: allocation %zu (forever %d): %s", ends->kind->name, n, forever, complaint);
	pair_free(&both);
	if (count_keys() > most_left)
		fail_msg("%s: allocation %zu (forever %d): %zu keys left", ends->kind->name, n, forever, count_keys());
	keys_left += count_keys();
	kind_rewind(ends);
	restart_crypto();
	assert_same_memory(before);
}

// Below these are loops over big numbers, whose every turn would be a path of its own. ALLOC_FRAMES=64 tries them all.
static int frames(void)
{
	const char *wanted = getenv("ALLOC_FRAMES");

	return wanted ? atoi(wanted) : 18;
}

// Notes the paths of a good connection; returns how many there are.
static size_t note_paths(kind_ends *ends, size_t *calls)
{
	size_t paths, before;
	pair both;

	kind_rewind(ends);
	restart_crypto();
	before = xstls_alloc_count().calls;
	call_paths_start(frames());
	both = converse(ends);
	paths = call_paths_stop(calls);
	// None is missed, of mbedTLS's either.
	assert_int_equal(*calls, xstls_alloc_count().calls - before);
	assert_null(judge(&both));
	pair_free(&both);
	return paths;
}

static void check(kind_ends *ends)
{
	size_t calls, paths = note_paths(ends, &calls);

	keys_left = 0;
	for (size_t i = 0; i < paths; i++) {
		fail_at(ends, call_paths_first(i), 0);
		fail_at(ends, call_paths_last(i), 1);
	}
	printf("# %s: %zu allocations on %zu paths; mbedTLS left %zu keys behind\n", ends->kind->name, calls, paths,
	       keys_left);
}

void alloc_faults_check(const char *name)
{
	for (size_t i = 0; i < handshake_kind_count; i++) {
		if (strcmp(handshake_kinds[i].name, name) != 0)
			continue;
		kind_ends ends = kind_set_up(&handshake_kinds[i]);

		check(&ends);
		kind_tear_down(&ends);
		return;
	}
	fail_msg("there is no kind %s", name);
}
