// Rows A4, B6: servers share a store, and a session of one is resumed by another only if it is the same in identity,
// demand for client certificates and trust. How pre-shared keys bind is in test-psk-sessions.c.

#include "fixture.h"
#include "keeping.h"

typedef struct {
	const char *what;
	const char *identity;
	const char *second_identity;
	const char *ca;
	xstls_verify verify;
} server_options;

static const server_options first = {"the same", "ec256", NULL, "ca.pem", TLS_VERIFY_NONE};
static const server_options others[] = {
    {"another identity of the same CA", "ec384", NULL, "ca.pem", TLS_VERIFY_NONE},
    {"one more identity", "ec256", "rsa2048", "ca.pem", TLS_VERIFY_NONE},
    {"a client certificate may be shown", "ec256", NULL, "ca.pem", TLS_VERIFY_OPTIONAL},
    {"a client certificate must be shown", "ec256", NULL, "ca.pem", TLS_VERIFY_REQUIRED},
};

static xstls_config *make(const server_options *options, uint16_t version, xstls_resumption *store)
{
	xstls_config *server = config_draft(&(config_options){
	    .identity = {options->identity, options->second_identity}, .ca = options->ca, .version = version});

	assert_int_equal(xstls_config_set_verify(server, TLS_SERVER, options->verify), TLS_E_NONE);
	assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

// The same client throughout, with a certificate to show where it is asked for.
static xstls_config *make_client(uint16_t version)
{
	return config_make(&(config_options){.identity = {"chained"}, .ca = "ca.pem", .version = version});
}

static pair connect(const server_options *options, uint16_t version, xstls_resumption *store, const kept *session)
{
	pair both = keeping_connect_as(make(options, version, store), make_client(version), "device.local", session, NULL);

	pair_assert_open(&both);
	return both;
}

static bool crosses(const server_options *from, const server_options *to, const resumption_way *way)
{
	xstls_resumption *store = xstls_resumption_new(way->tickets ? 0 : 4, 3600, way->tickets);
	pair both = connect(from, way->version, store, NULL);
	kept session = keeping_export(&both);
	bool resumed;

	pair_free(&both);
	both = connect(to, way->version, store, session.length ? &session : NULL);
	resumed = xstls_session_is_resumed(both.server.session);
	assert_int_equal(xstls_session_is_resumed(both.client.session), resumed);
	pair_free(&both);
	xstls_resumption_release(store);
	return resumed;
}

static void same_server(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++)
		assert_true(crosses(&first, &first, &ways[i]));
}

static void changed_server(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++)
		for (size_t other = 0; other < sizeof(others) / sizeof(others[0]); other++)
			if (crosses(&first, &others[other], &ways[i]) || crosses(&others[other], &first, &ways[i]))
				fail_msg("%s: resumed though %s", ways[i].name, others[other].what);
}

// Over the session cache, for below mbedTLS 4.1 there are no tickets where certificates are asked for.
static void changed_trust(void **state)
{
	static const server_options from = {"", "ec256", NULL, "ca.pem", TLS_VERIFY_REQUIRED};
	static const server_options to = {"", "ec256", NULL, "ca-ec.pem", TLS_VERIFY_REQUIRED};

	(void)state;
	assert_true(crosses(&from, &from, &ways[0]));
	assert_false(crosses(&from, &to, &ways[0]));
}

// Who asks nobody for a certificate trusts nobody, whatever the list.
static void trust_that_does_not_count(void **state)
{
	static const server_options to = {"", "ec256", NULL, "ca-ec.pem", TLS_VERIFY_NONE};

	(void)state;
	for (size_t i = 0; i < WAYS; i++)
		assert_true(crosses(&first, &to, &ways[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("A4 B6 a session is resumed by another configuration that is the same", same_server),
	    TEST("A4 B6 not across a change of identity or of the demand for client certificates", changed_server),
	    TEST("A4 not across a change of the CAs that client certificates lead to", changed_trust),
	    TEST("A4 B6 CAs that are not asked for do not count", trust_that_does_not_count),
	};

	return cmocka_run_group_tests_name("binding", tests, NULL, NULL);
}
