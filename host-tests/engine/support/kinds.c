#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "kinds.h"

#include "fixture.h"
#include "session/tls-client-session.h"
#include "config/tls-config-state.h"
#include "session/tls-session-state.h"
#include "port/tls-port-crypto.h"
#include "resumption/tls-resumption-internal.h"

#define PSK_1_2 "TLS_PSK_WITH_AES_128_GCM_SHA256"
#define ECDHE_PSK_1_2 "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"

const handshake_kind handshake_kinds[] = {
    {.name = "EC 1.2", .identity = "ec256", .version = TLS12},
    {.name = "EC 1.3", .identity = "ec256", .version = TLS13},
    {.name = "RSA 1.2", .identity = "rsa2048", .version = TLS12},
    {.name = "RSA 1.3", .identity = "rsa2048", .version = TLS13},
    {.name = "mutual 1.2", .identity = "ec256", .client_identity = "chained", .version = TLS12},
    {.name = "mutual 1.3", .identity = "ec256", .client_identity = "chained", .version = TLS13},
    {.name = "PSK 1.2", .psk = true, .suite = PSK_1_2, .version = TLS12},
    {.name = "ECDHE-PSK 1.2", .psk = true, .suite = ECDHE_PSK_1_2, .version = TLS12},
    {.name = "PSK 1.3", .psk = true, .version = TLS13},
    {.name = "cache 1.2", .identity = "ec256", .cache = true, .version = TLS12},
    {.name = "ticket 1.2", .identity = "ec256", .tickets = true, .version = TLS12},
    {.name = "ticket 1.3", .identity = "ec256", .tickets = true, .version = TLS13},
    {.name = "retry 1.3", .identity = "ec256", .server_group = "secp384r1", .version = TLS13},
    {.name = "selection", .identity = "ec256", .selects = true},
    {.name = "long chain 1.2", .identity = "long", .version = TLS12},
    {.name = "long chain 1.3", .identity = "long", .version = TLS13},
};
const size_t handshake_kind_count = sizeof(handshake_kinds) / sizeof(handshake_kinds[0]);

static const uint8_t psk_identity[] = "alice", psk_key[16] = {1, 2, 3};

static void add_psk(xstls_config *server, xstls_config *client)
{
	xstls_psks *psks = xstls_psks_new();

	assert_int_equal(xstls_psks_add(psks, psk_identity, 5, psk_key, sizeof(psk_key)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_client_psk(client, psk_identity, 5, psk_key, sizeof(psk_key)), TLS_E_NONE);
	xstls_psks_release(psks);
}

static void allow(xstls_config *config, xstls_policy_list list, const char *name)
{
	if (name)
		assert_int_equal(xstls_config_allow(config, list, name, strlen(name)), TLS_E_NONE);
}

static void make_configs(kind_ends *ends)
{
	const handshake_kind *kind = ends->kind;

	ends->server = config_draft(&(config_options){
	    .identity = {kind->identity}, .ca = kind->client_identity ? "ca.pem" : NULL, .version = kind->version});
	ends->client =
	    config_draft(&(config_options){.identity = {kind->client_identity}, .ca = "ca.pem", .version = kind->version});
	if (kind->client_identity)
		assert_int_equal(xstls_config_set_verify(ends->server, TLS_SERVER, TLS_VERIFY_REQUIRED), TLS_E_NONE);
	if (kind->psk)
		add_psk(ends->server, ends->client);
	allow(ends->server, TLS_POLICY_SUITES, kind->suite);
	allow(ends->client, TLS_POLICY_SUITES, kind->suite);
	allow(ends->server, TLS_POLICY_GROUPS, kind->server_group);
	if (ends->store)
		assert_int_equal(xstls_config_set_resumption(ends->server, ends->store), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(ends->server), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(ends->client), TLS_E_NONE);
}

// The handshake that is resumed by all the others.
static void prime(kind_ends *ends)
{
	pair both = {.server.session = kind_server(ends), .client.session = kind_client(ends)};

	pair_run(&both, 0);
	pair_assert_open(&both);
	ends->kept = keeping_export(&both);
	assert_int_not_equal(ends->kept.length, 0);
	assert_int_equal(mbedtls_ssl_session_save(both.client.session->handshake.state.client->resumable, ends->cached,
	                                          sizeof(ends->cached), &ends->cached_length),
	                 0);
	pair_free(&both);
}

// A list of one.
static void keep_cache(kind_ends *ends)
{
	const xstls_cache *cache = &ends->store->cache;

	assert_int_equal(cache->count, 1);
	assert_true(cache->bytes <= sizeof(ends->entry));
	memcpy(ends->entry, cache->first, cache->bytes);
	ends->entry_length = cache->bytes;
}

kind_ends kind_set_up(const handshake_kind *kind)
{
	kind_ends ends = {.kind = kind};

	if (kind->cache || kind->tickets)
		ends.store = xstls_resumption_new(kind->cache ? 4 : 0, 3600, kind->tickets);
	make_configs(&ends);
	if (ends.store)
		prime(&ends);
	if (kind->cache)
		keep_cache(&ends);
	return ends;
}

void kind_tear_down(kind_ends *ends)
{
	xstls_config_release(ends->server);
	xstls_config_release(ends->client);
	xstls_resumption_release(ends->store);
}

void kind_rewind(kind_ends *ends)
{
	xstls_cache *cache;

	if (!ends->kind->cache)
		return;
	cache = &ends->store->cache;
	xstls_cache_clear(cache);
	cache->first = xstls_calloc(1, ends->entry_length);
	assert_non_null(cache->first);
	memcpy(cache->first, ends->entry, ends->entry_length);
	cache->count = 1;
	cache->bytes = ends->entry_length;
}

xstls_session *kind_server(kind_ends *ends)
{
	xstls_session *session = xstls_session_new(ends->server, TLS_SERVER, NULL);

	if (session && ends->kind->selects)
		xstls_session_ask_identity(session);
	return session;
}

xstls_session *kind_client(kind_ends *ends)
{
	xstls_session *session = xstls_session_new(ends->client, TLS_CLIENT, "device.local");

	if (session && ends->kept.length)
		xstls_session_restore(session, ends->kept.bytes, ends->kept.length);
	return session;
}

void kind_select(kind_ends *ends, xstls_session *server)
{
	if (xstls_session_status(server) == TLS_WANTS_IDENTITY)
		assert_true(xstls_session_use(server, ends->server));
}

void kind_run(kind_ends *ends, pair *both)
{
	pair_run(both, 0);
	if (xstls_session_status(both->server.session) == TLS_WANTS_IDENTITY) {
		kind_select(ends, both->server.session);
		pair_run(both, 0);
	}
}
