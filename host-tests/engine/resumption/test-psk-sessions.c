// Rows C4, Z4: a session by a pre-shared key is resumed as long as its identity has that key, and nobody else's is
// touched by a change. Our own client keeps no such sessions, so they are taken from below the engine.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "fixture.h"
#include "keeping.h"

#include "config/tls-config-state.h"
#include "config/tls-policy-config-internal.h"
#include "handshake/tls-handshake.h"
#include "handshake/tls-server-callbacks.h"
#include "session/tls-session-state.h"
#include "resumption/tls-psk.h"

// As mbedTLS serializes it.
typedef struct {
	uint8_t bytes[2048];
	size_t length;
} kept_session;

typedef struct {
	xstls_resumption *store;
	xstls_psks *psks;
	xstls_config *server;
	kept_session alice, bob;
} scene;

static void put(xstls_psks *psks, const char *identity, const char *key)
{
	assert_int_equal(
	    xstls_psks_add(psks, (const uint8_t *)identity, strlen(identity), (const uint8_t *)key, strlen(key)),
	    TLS_E_NONE);
}

static void revoke(xstls_psks *psks, const char *identity)
{
	assert_true(xstls_psks_revoke(psks, (const uint8_t *)identity, strlen(identity)));
}

static xstls_config *client_of(const char *identity, uint16_t version)
{
	xstls_config *client = config_draft(&(config_options){.version = version});

	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)identity, strlen(identity),
	                                             (const uint8_t *)identity, strlen(identity)),
	                 TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	return client;
}

static xstls_config *server_of(xstls_psks *psks, xstls_resumption *store, uint16_t version)
{
	xstls_config *server = config_draft(&(config_options){.version = version});

	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

static kept_session keep(xstls_session *established)
{
	kept_session session;

	assert_int_equal(mbedtls_ssl_session_save(established->handshake.state.client->resumable, session.bytes,
	                                          sizeof(session.bytes), &session.length),
	                 0);
	return session;
}

// Takes over the client's reference.
static pair offer_by(xstls_config *client, xstls_config *server, const kept_session *offered)
{
	pair both = pair_of(xstls_config_retain(server), client);
	mbedtls_ssl_session session;

	mbedtls_ssl_session_init(&session);
	assert_int_equal(mbedtls_ssl_session_load(&session, offered->bytes, offered->length), 0);
	assert_true(xstls_handshake_begin(&both.client.session->handshake));
	assert_int_equal(mbedtls_ssl_set_session(both.client.session->handshake.ssl, &session), 0);
	mbedtls_ssl_session_free(&session);
	both.client.session->handshake.state.client->extended_master_secret = true;
	pair_run(&both, 0);
	return both;
}

static pair offer(xstls_config *server, const char *identity, const kept_session *offered)
{
	return offer_by(client_of(identity, 0), server, offered);
}

static kept_session begin(xstls_config *server, const char *identity, uint16_t version)
{
	pair both = pair_of(xstls_config_retain(server), client_of(identity, version));
	kept_session session;

	pair_run(&both, 0);
	pair_assert_open(&both);
	session = keep(both.client.session);
	pair_free(&both);
	return session;
}

static bool resumes(xstls_config *server, const char *identity, const kept_session *session)
{
	pair both = offer(server, identity, session);
	bool resumed = xstls_session_is_resumed(both.server.session);
	size_t length;

	if (resumed) {
		assert_non_null(xstls_session_psk_identity(both.server.session, &length));
		assert_memory_equal(xstls_session_psk_identity(both.server.session, &length), identity, strlen(identity));
	}
	pair_free(&both);
	return resumed;
}

static scene scene_of(const resumption_way *way)
{
	scene s = {.store = xstls_resumption_new(8, 3600, way->tickets), .psks = xstls_psks_new()};

	put(s.psks, "alice", "alice");
	put(s.psks, "bob", "bob");
	s.server = server_of(s.psks, s.store, way->version);
	s.alice = begin(s.server, "alice", way->version);
	s.bob = begin(s.server, "bob", way->version);
	assert_true(resumes(s.server, "alice", &s.alice));
	assert_true(resumes(s.server, "bob", &s.bob));
	return s;
}

static void scene_free(scene *s)
{
	xstls_config_release(s->server);
	xstls_psks_release(s->psks);
	xstls_resumption_release(s->store);
}

static void changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		scene s = scene_of(&ways[i]);

		put(s.psks, "carol", "carol");
		put(s.psks, "alice", "alice");
		assert_true(resumes(s.server, "alice", &s.alice));
		put(s.psks, "alice", "another key");
		assert_false(resumes(s.server, "alice", &s.alice));
		assert_true(resumes(s.server, "bob", &s.bob));
		revoke(s.psks, "bob");
		assert_false(resumes(s.server, "bob", &s.bob));
		scene_free(&s);
	}
}

// What a resumed session gives is as good as what it came by, and no better.
static void inherited(void **state)
{
	(void)state;
	for (size_t i = 1; i < WAYS; i++) {
		scene s = scene_of(&ways[i]);
		pair both = offer(s.server, "alice", &s.alice);
		kept_session next = keep(both.client.session);

		pair_free(&both);
		assert_true(resumes(s.server, "alice", &next));
		revoke(s.psks, "alice");
		assert_false(resumes(s.server, "alice", &next));
		assert_true(resumes(s.server, "bob", &s.bob));
		scene_free(&s);
	}
}

// Two servers share the store, and not their keys.
static void not_at_another_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		scene s = scene_of(&ways[i]);
		xstls_psks *others = xstls_psks_new();
		xstls_config *other = server_of(others, s.store, ways[i].version);

		put(others, "bob", "bob");
		assert_false(resumes(other, "alice", &s.alice));
		// A ticket says whose it is, a cache entry only for the table that it was made by.
		assert_int_equal(resumes(other, "bob", &s.bob), ways[i].tickets);
		xstls_config_release(other);
		xstls_psks_release(others);
		scene_free(&s);
	}
}

// Sessions by certificate do not depend on the keys.
static void not_by_certificate(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = xstls_resumption_new(8, 3600, ways[i].tickets);
		xstls_psks *psks = xstls_psks_new();
		xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = ways[i].version});
		kept session;
		pair both;

		assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
		assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
		assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
		session = keeping_begin(xstls_config_retain(server), 0);
		put(psks, "alice", "alice");
		both = keeping_connect(server, 0, &session, NULL);
		assert_resumed(&both, true);
		pair_free(&both);
		xstls_psks_release(psks);
		xstls_resumption_release(store);
	}
}

static xstls_config *allowing(xstls_config *draft, const char *suite)
{
	assert_int_equal(xstls_config_allow(draft, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	return draft;
}

static xstls_config *sealed(xstls_config *draft)
{
	assert_int_equal(xstls_config_seal(draft), TLS_E_NONE);
	return draft;
}

static kept_session begin_by_key_alone(xstls_config *server)
{
	xstls_config *client =
	    allowing(config_draft(&(config_options){.version = TLS12}), "TLS_PSK_WITH_AES_128_GCM_SHA256");
	kept_session session;
	pair both;

	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)"alice", 5, (const uint8_t *)"alice", 5),
	                 TLS_E_NONE);
	both = pair_of(xstls_config_retain(server), sealed(client));
	pair_run(&both, 0);
	pair_assert_open(&both);
	session = keep(both.client.session);
	pair_free(&both);
	return session;
}

// Tickets and session ids of TLS 1.2 pass in the clear: who has overheard one and offers it is not who it stands for.
static void a_session_that_is_not_resumed_stands_for_nobody(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = xstls_resumption_new(8, 3600, ways[i].tickets);
		xstls_psks *psks = xstls_psks_new();
		xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = TLS12});
		kept_session overheard;
		size_t length;
		pair both;

		put(psks, "alice", "alice");
		assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
		assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
		sealed(
		    allowing(allowing(server, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), "TLS_PSK_WITH_AES_128_GCM_SHA256"));
		overheard = begin_by_key_alone(server);
		both = offer_by(sealed(allowing(config_draft(&(config_options){.version = TLS12, .ca = "ca.pem"}),
		                                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")),
		                server, &overheard);
		pair_assert_open(&both);
		assert_false(xstls_session_is_resumed(both.server.session));
		assert_null(xstls_session_psk_identity(both.server.session, &length));
		pair_free(&both);
		xstls_config_release(server);
		xstls_psks_release(psks);
		xstls_resumption_release(store);
	}
}

static int parse_ticket(xstls_config *server, const kept_session *offered)
{
	const mbedtls_ssl_config *ssl = &server->ssl[TLS_SERVER];
	mbedtls_ssl_session client, resumed;
	int result;

	mbedtls_ssl_session_init(&client);
	mbedtls_ssl_session_init(&resumed);
	assert_int_equal(mbedtls_ssl_session_load(&client, offered->bytes, offered->length), 0);
	result = ssl->f_ticket_parse(ssl->p_ticket, &resumed, client.ticket, client.ticket_len);
	mbedtls_ssl_session_free(&client);
	mbedtls_ssl_session_free(&resumed);
	return result;
}

static uint32_t bit_of(const xstls_config *server, int suite)
{
	return UINT32_C(1) << xstls_policy_place_of(server, TLS_SERVER, suite);
}

// A session of the server that was asked for the host of its certificate.
static xstls_session *asked_session(xstls_config *server)
{
	static const char name[] = "device.local";
	xstls_session *session = xstls_session_new(server, TLS_SERVER, NULL);
	xstls_handshake *h = &session->handshake;

	xstls_server_callbacks_serve(h);
	h->offers_extended_master_secret = true;
	h->state.asked = xstls_calloc(1, sizeof(xstls_asked_name) + sizeof(name) - 1);
	h->state.asked->length = sizeof(name) - 1;
	memcpy(h->state.asked->bytes, name, h->state.asked->length);
	return session;
}

// mbedTLS goes on with the ticket that was good when another is not.
static void a_ticket_that_fails_changes_nothing(void **state)
{
	xstls_resumption *store = xstls_resumption_new(8, 3600, true);
	xstls_psks *psks = xstls_psks_new();
	xstls_config *server = config_draft(&(config_options){.identity = {"ec256"}, .version = TLS12});
	kept_session alice, mine;
	xstls_session *session;
	xstls_handshake *h;
	pair both;

	(void)state;
	put(psks, "alice", "alice");
	assert_int_equal(xstls_config_set_psks(server, psks), TLS_E_NONE);
	assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	sealed(allowing(allowing(server, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), "TLS_PSK_WITH_AES_128_GCM_SHA256"));
	alice = begin_by_key_alone(server);
	both = pair_of(xstls_config_retain(server), config_client(TLS12));
	pair_run(&both, 0);
	mine = keep(both.client.session);
	pair_free(&both);
	session = asked_session(server);
	h = &session->handshake;
	h->offered_suites = UINT32_MAX;
	assert_int_equal(parse_ticket(server, &mine), 0);
	assert_int_equal(h->state.psk, 0);
	h->offered_suites = 0;
	assert_int_not_equal(parse_ticket(server, &alice), 0);
	assert_int_equal(h->state.psk, 0);
	// A client that can verify the certificate would get that in a full handshake, and so no session by the key.
	h->offered_suites = bit_of(server, MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256) |
	                    bit_of(server, MBEDTLS_TLS_PSK_WITH_AES_128_GCM_SHA256);
	h->offered_curves = UINT8_MAX;
	assert_int_not_equal(parse_ticket(server, &alice), 0);
	assert_int_equal(h->state.psk, 0);
	h->offered_curves = 0;
	assert_int_equal(parse_ticket(server, &alice), 0);
	assert_int_not_equal(h->state.psk, 0);
	xstls_session_free(session);
	xstls_config_release(server);
	xstls_psks_release(psks);
	xstls_resumption_release(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("C4 Z4 a change of one key leaves the sessions of others", changes),
	    TEST("C4 Z4 sessions made by resuming are revoked with the key", inherited),
	    TEST("C4 a session is not resumed where its key is not known", not_at_another_table),
	    TEST("C4 B6 sessions by certificate do not depend on the keys", not_by_certificate),
	    TEST("C4 B6 who offers the session of a key's owner, and does not resume it, is not the owner",
	         a_session_that_is_not_resumed_stands_for_nobody),
	    TEST("C4 B6 a ticket that fails does not say who the one before it stands for",
	         a_ticket_that_fails_changes_nothing),
	};

	return cmocka_run_group_tests_name("psk sessions", tests, NULL, NULL);
}
