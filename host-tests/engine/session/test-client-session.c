// Row Z7: what a client keeps of a session, and that it is resumed only where it would be verified.

#include "bundle.h"
#include "fixture.h"
#include "keeping.h"

#include <stdlib.h>

#include "session/tls-client-session.h"
#include "session/tls-peer.h"
#include "trust/tls-trust.h"

static xstls_resumption *store_for(const resumption_way *way)
{
	return xstls_resumption_new(way->tickets ? 0 : 8, 3600, way->tickets);
}

static void resumes(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		xstls_config *server = keeping_server(&ways[i], store);
		kept session = keeping_begin(xstls_config_retain(server), 0);
		uint8_t leaf[2048];
		size_t length;
		bool taken;
		pair both = keeping_connect(server, 0, &session, &taken);

		print_message("%s: %zu bytes\n", ways[i].name, session.length);
		assert_true(taken);
		assert_resumed(&both, true);
		assert_int_equal(xstls_session_peer_verdict(both.client.session), TLS_E_NONE);
		length = xstls_session_peer_chain(both.client.session, leaf, sizeof(leaf));
		assert_int_equal(length, identity_file("ec256.der").length);
		assert_memory_equal(leaf, identity_file("ec256.der").data, length);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

// A session that was resumed can be kept again, with what was verified in the beginning.
static void resumes_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		xstls_config *server = keeping_server(&ways[i], store);
		kept session = keeping_begin(xstls_config_retain(server), 0);

		for (int round = 0; round < 3; round++) {
			pair both = keeping_connect(xstls_config_retain(server), 0, &session, NULL);

			assert_resumed(&both, true);
			session = keeping_export(&both);
			assert_int_not_equal(session.length, 0);
			pair_free(&both);
		}
		xstls_config_release(server);
		xstls_resumption_release(store);
	}
}

// mbedTLS alone would keep the old ticket beside the new secret.
static void declined_session_is_replaced(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *first = store_for(&ways[i]), *second = store_for(&ways[i]);
		kept old = keeping_begin(keeping_server(&ways[i], first), 0), fresh;
		pair both = keeping_connect(keeping_server(&ways[i], second), 0, &old, NULL);

		assert_resumed(&both, false);
		fresh = keeping_export(&both);
		pair_free(&both);
		both = keeping_connect(keeping_server(&ways[i], second), 0, &fresh, NULL);
		assert_resumed(&both, true);
		pair_free(&both);
		xstls_resumption_release(first);
		xstls_resumption_release(second);
	}
}

// mbedTLS alone would offer the first server its ticket with the second one's secret.
static void declined_without_another(void **state)
{
	xstls_resumption *store = xstls_resumption_new(0, 3600, true);
	xstls_config *server = keeping_server(&ways[1], store);
	kept old = keeping_begin(xstls_config_retain(server), 0), fresh;
	pair both = keeping_connect(config_server("ec256", TLS12), 0, &old, NULL);

	(void)state;
	assert_resumed(&both, false);
	fresh = keeping_export(&both);
	pair_free(&both);
	both = keeping_connect(server, 0, &fresh, NULL);
	assert_resumed(&both, false);
	pair_free(&both);
	xstls_resumption_release(store);
}

static xstls_config *client_with(void (*change)(xstls_config *config))
{
	xstls_config *client = config_draft(&(config_options){0});
	file_bytes ca = identity_file("ca-ec.pem");

	if (change)
		change(client);
	assert_int_equal(xstls_config_add_ca(client, ca.data, ca.length), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	return client;
}

static void trust_another(xstls_config *client)
{
	file_bytes ca = identity_file("ca-rsa.pem");

	assert_int_equal(xstls_config_add_ca(client, ca.data, ca.length), TLS_E_NONE);
}

static void pin(xstls_config *client)
{
	static const uint8_t hash[TLS_PIN_SIZE];

	assert_int_equal(xstls_config_add_pin(client, hash, sizeof(hash)), TLS_E_NONE);
}

static void ignore_name(xstls_config *client)
{
	assert_int_equal(xstls_config_ignore_name(client), TLS_E_NONE);
}

static void defer_dates(xstls_config *client)
{
	assert_int_equal(xstls_config_set_clock_floor(client, 1), TLS_E_NONE);
}

static void let_pass(xstls_config *client)
{
	assert_int_equal(xstls_config_set_verify(client, TLS_CLIENT, TLS_VERIFY_OPTIONAL), TLS_E_NONE);
}

static void be_somebody(xstls_config *client)
{
	file_bytes chain = identity_file("ec256.pem"), key = identity_file("ec256.key");

	assert_int_equal(xstls_config_add_identity(client, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
}

static void have_psk(xstls_config *client)
{
	assert_int_equal(xstls_config_set_client_psk(client, (const uint8_t *)"me", 2, (const uint8_t *)"key", 3),
	                 TLS_E_NONE);
}

static void speak_other_version(xstls_config *client)
{
	assert_int_equal(xstls_config_set_versions(client, TLS12, TLS12), TLS_E_NONE);
}

static void want_other_signatures(xstls_config *client)
{
	static const char name[] = "ecdsa_secp256r1_sha256";

	assert_int_equal(xstls_config_allow(client, TLS_POLICY_SIGNATURES, name, strlen(name)), TLS_E_NONE);
}

// Of another root, beside the one that is given to all.
static void trust_bundle(xstls_config *client)
{
	file_bytes bundle = bundle_of((const char *const[]){"ca-rsa.der", NULL});

	assert_int_equal(xstls_config_set_bundle(client, bundle.data, bundle.length, true), TLS_E_NONE);
	free(bundle.data);
}

static void (*const changes[])(xstls_config *) = {
    trust_another, pin,      ignore_name,         defer_dates,           let_pass,
    be_somebody,   have_psk, speak_other_version, want_other_signatures, trust_bundle,
};

// Each change to and fro: no client takes the session of another.
static void is_bound(void **state)
{
	xstls_resumption *store = xstls_resumption_new(8, 3600, true);
	xstls_config *server = keeping_server_as("ec256", 0, store);
	kept plain = {0}, other;
	bool taken;

	(void)state;
	for (size_t i = 0; i <= sizeof(changes) / sizeof(changes[0]); i++) {
		xstls_config *changed = client_with(i ? changes[i - 1] : NULL);
		pair both = keeping_connect_as(xstls_config_retain(server), changed, "device.local", i ? &plain : NULL, &taken);

		assert_false(taken);
		if (i == 0)
			plain = keeping_export(&both);
		other = keeping_export(&both);
		pair_free(&both);
		if (i == 0 || other.length == 0)
			continue;
		both = keeping_connect_as(xstls_config_retain(server), client_with(NULL), "device.local", &other, &taken);
		// These two verify as the first does.
		assert_int_equal(taken, changes[i - 1] == speak_other_version || changes[i - 1] == have_psk);
		pair_free(&both);
	}
	xstls_config_release(server);
	xstls_resumption_release(store);
}

static void is_bound_to_the_name(void **state)
{
	static const char *const names[] = {NULL, "", "DEVICE.local", "device.local..", "device.loca", "192.0.2.1"};

	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		xstls_config *server = keeping_server(&ways[i], store);
		kept session = keeping_begin(xstls_config_retain(server), 0);

		for (size_t name = 0; name < sizeof(names) / sizeof(names[0]); name++) {
			xstls_session *client = xstls_session_new(server, TLS_CLIENT, names[name]);

			assert_false(xstls_session_restore(client, session.bytes, session.length));
			xstls_session_free(client);
		}
		xstls_config_release(server);
		xstls_resumption_release(store);
	}
}

// A bad certificate that was let pass is looked at anew each time.
static void unverified_is_not_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		xstls_resumption *store = store_for(&ways[i]);
		pair both = keeping_connect_as(keeping_server_as("expired", ways[i].version, store), client_with(let_pass),
		                               "device.local", NULL, NULL);

		assert_resumed(&both, false);
		assert_int_equal(xstls_session_peer_verdict(both.client.session), TLS_E_CERTIFICATE_EXPIRED);
		assert_int_equal(keeping_export(&both).length, 0);
		pair_free(&both);
		xstls_resumption_release(store);
	}
}

static void not_for_servers(void **state)
{
	xstls_resumption *store = xstls_resumption_new(8, 3600, true);
	xstls_config *server = keeping_server(&ways[2], store);
	kept session = keeping_begin(xstls_config_retain(server), 0);
	xstls_session *end = xstls_session_new(server, TLS_SERVER, NULL);
	pair both;

	(void)state;
	assert_false(xstls_session_restore(end, session.bytes, session.length));
	assert_int_equal(xstls_session_export(end, NULL, 0), 0);
	xstls_session_free(end);
	both = keeping_connect(server, 0, NULL, NULL);
	assert_false(xstls_session_restore(both.client.session, session.bytes, session.length));
	assert_resumed(&both, false);
	pair_free(&both);
	xstls_resumption_release(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z7 a session is resumed, and the peer is who it was", resumes),
	    TEST("Z7 a resumed session can be kept and resumed again", resumes_again),
	    TEST("Z7 a session that the server declines is replaced", declined_session_is_replaced),
	    TEST("Z7 also by a server that gives no ticket", declined_without_another),
	    TEST("Z7 other trust, verification, identity, version: no resumption", is_bound),
	    TEST("Z7 another name: no resumption", is_bound_to_the_name),
	    TEST("Z7 a session with a bad certificate is not kept", unverified_is_not_kept),
	    TEST("Z7 not for servers, nor in the middle of a session", not_for_servers),
	};

	return cmocka_run_group_tests_name("client session", tests, NULL, NULL);
}
