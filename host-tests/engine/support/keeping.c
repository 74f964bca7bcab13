#include "keeping.h"

#include "mbedtls/x509_crt.h"

#include "fixture.h"
#include "session/tls-client-session.h"
#include "x509/tls-x509-time.h"

const resumption_way ways[] = {
    {"TLS 1.2 session id", TLS12, false},
    {"TLS 1.2 ticket", TLS12, true},
    {"TLS 1.3 ticket", TLS13, true},
};

xstls_config *keeping_server_as(const char *identity, uint16_t version, xstls_resumption *store)
{
	xstls_config *server = config_draft(&(config_options){.identity = {identity}, .version = version});

	assert_int_equal(xstls_config_set_resumption(server, store), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(server), TLS_E_NONE);
	return server;
}

xstls_config *keeping_server(const resumption_way *way, xstls_resumption *store)
{
	return keeping_server_as("ec256", way->version, store);
}

pair keeping_connect_as(xstls_config *server, xstls_config *client, const char *name, const kept *offered, bool *taken)
{
	pair both = {0};
	bool was_taken;

	both.server.session = xstls_session_new(server, TLS_SERVER, NULL);
	both.client.session = xstls_session_new(client, TLS_CLIENT, name);
	xstls_config_release(server);
	xstls_config_release(client);
	was_taken = offered && xstls_session_restore(both.client.session, offered->bytes, offered->length);
	if (taken)
		*taken = was_taken;
	pair_run(&both, 0);
	return both;
}

pair keeping_connect(xstls_config *server, uint16_t version, const kept *offered, bool *taken)
{
	return keeping_connect_as(server, config_client(version), "device.local", offered, taken);
}

bool keeping_resumes(xstls_config *server, uint16_t version, const kept *session)
{
	pair both = keeping_connect(server, version, session, NULL);
	bool resumed = xstls_session_is_resumed(both.server.session);

	pair_assert_open(&both);
	pair_free(&both);
	return resumed;
}

kept keeping_export(pair *both)
{
	xstls_session *client = both->client.session;
	size_t length = xstls_session_export(client, NULL, 0);
	kept session = {.length = length};

	assert_true(length <= sizeof(session.bytes));
	if (length == 0)
		return session;
	assert_int_equal(xstls_session_export(client, session.bytes, length - 1), length);
	assert_int_equal(xstls_session_export(client, session.bytes, length), length);
	assert_int_equal(xstls_session_export(client, session.bytes, length), 0);
	return session;
}

kept keeping_begin(xstls_config *server, uint16_t version)
{
	pair both = keeping_connect(server, version, NULL, NULL);
	kept session;

	assert_resumed(&both, false);
	session = keeping_export(&both);
	assert_int_not_equal(session.length, 0);
	pair_free(&both);
	return session;
}

void assert_resumed(const pair *both, bool resumed)
{
	pair_assert_open(both);
	assert_int_equal(xstls_session_is_resumed(both->client.session), resumed);
	assert_int_equal(xstls_session_is_resumed(both->server.session), resumed);
}

validity keeping_validity(void)
{
	file_bytes leaf = identity_file("ec256.der"), ca = identity_file("ca-ec.der");
	mbedtls_x509_crt certificates;
	validity valid;

	mbedtls_x509_crt_init(&certificates);
	assert_int_equal(mbedtls_x509_crt_parse_der(&certificates, leaf.data, leaf.length), 0);
	assert_int_equal(mbedtls_x509_crt_parse_der(&certificates, ca.data, ca.length), 0);
	valid.from = (uint64_t)xstls_x509_seconds(&certificates.valid_from) * 1000;
	valid.to = (uint64_t)xstls_x509_seconds(&certificates.next->valid_to) * 1000;
	mbedtls_x509_crt_free(&certificates);
	return valid;
}
