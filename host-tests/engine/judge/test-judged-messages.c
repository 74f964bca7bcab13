// Messages that are judged after mbedTLS has taken them. Those of TLS 1.3 are encrypted, so mbedTLS's context is made
// to look as it does then.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "edit.h"
#include "fixture.h"

#include "config/tls-config-state.h"
#include "judge/tls-judge.h"
#include "port/messages/tls-port-message.h"
#include "session/tls-session-state.h"

enum { CLIENT_KEY_EXCHANGE = 16, CERTIFICATE_REQUEST = 13, CERTIFICATE_VERIFY = 15 };

// The server's ClientKeyExchange has `count` bytes more at its end, or less, which none of the lengths in it says.
static void assert_longer(const char *suite, int count)
{
	xstls_config *client = config_draft(&(config_options){.ca = "ca-ec.pem", .version = TLS12});
	message exchange;
	pair both;

	assert_int_equal(xstls_config_allow(client, TLS_POLICY_SUITES, suite, strlen(suite)), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(client), TLS_E_NONE);
	both = pair_of(config_server("ec256", TLS12), client);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	peer_send(&both.server, &both.client);
	peer_take(&both.client, SIZE_MAX, 0);
	peer_send(&both.client, &both.server);
	exchange = edit_take(&both.server);
	assert_int_equal(exchange.bytes[0], CLIENT_KEY_EXCHANGE);
	if (count < 0)
		edit_splice(&exchange, exchange.length - (size_t)-count, (size_t)-count, NULL, 0);
	else
		edit_splice(&exchange, exchange.length, 0, "more", (size_t)count);
	edit_put(&both.server, &exchange);
	peer_take(&both.server, SIZE_MAX, 0);
	if (count)
		assert_failed(&both.server, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR, false);
	else
		assert_int_equal(xstls_session_failure(both.server.session).code, TLS_E_NONE);
	pair_free(&both);
}

static void bytes_behind_key_exchange(void **state)
{
	(void)state;
	for (int count = -33; count <= 2; count++)
		assert_longer("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", count);
}

// One that has all signature algorithms but rsa_pss_rsae_sha384.
static xstls_config *client_of_some(void)
{
	xstls_config *config = config_draft(&(config_options){.ca = "ca.pem", .version = TLS13});

	for (size_t i = 0; xstls_policy_name(TLS_POLICY_SIGNATURES, i); i++) {
		const char *name = xstls_policy_name(TLS_POLICY_SIGNATURES, i);

		if (strcmp(name, "rsa_pss_rsae_sha384") != 0)
			assert_int_equal(xstls_config_allow(config, TLS_POLICY_SIGNATURES, name, strlen(name)), TLS_E_NONE);
	}
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

static int send_nothing(void *unused, const unsigned char *bytes, size_t length)
{
	(void)unused, (void)bytes;
	return (int)length;
}

// What the judge says of a message of TLS 1.3 that a client has read, from a server with that identity.
static int judge(const char *identity, uint8_t type, const void *body, size_t length)
{
	xstls_config *config = client_of_some();
	xstls_state state = {.config = config, .role = TLS_CLIENT};
	mbedtls_ssl_session session = {0};
	mbedtls_ssl_context ssl = {.conf = &config->ssl[TLS_CLIENT], .session_negotiate = &session};
	mbedtls_x509_crt certificate;
	uint8_t bytes[64] = {type, 0, 0, (uint8_t)length};
	file_bytes chain = identity_file(identity);
	int result;

	mbedtls_x509_crt_init(&certificate);
	assert_int_equal(mbedtls_x509_crt_parse(&certificate, chain.data, chain.length + 1), 0);
	memcpy(bytes + 4, body, length);
	session.peer_cert = &certificate;
	ssl.tls_version = MBEDTLS_SSL_VERSION_TLS1_3;
	ssl.in_msgtype = MBEDTLS_SSL_MSG_HANDSHAKE;
	ssl.in_msg = bytes;
	ssl.in_hslen = 4 + length;
	ssl.keep_current_message = 1;
	ssl.f_send = send_nothing;
	result = xstls_judge_first(&state, &ssl, type);
	if (result == 0)
		result = xstls_judge(&state, &ssl, type);
	mbedtls_x509_crt_free(&certificate);
	xstls_config_release(config);
	return result;
}

static void signatures_of_another_kind(void **state)
{
	static const struct {
		const char *identity;
		uint8_t algorithm[2];
		bool is_good;
	} rows[] = {
	    {"ec256.pem", {4, 3}, true},    {"ec256.pem", {5, 3}, false},   {"ec256.pem", {6, 3}, false},
	    {"ec384.pem", {4, 3}, false},   {"ec384.pem", {5, 3}, true},    {"rsa2048.pem", {4, 1}, false},
	    {"rsa2048.pem", {5, 1}, false}, {"rsa2048.pem", {6, 1}, false}, {"rsa2048.pem", {8, 4}, true},
	    {"rsa2048.pem", {8, 6}, true},  {"ec256.pem", {8, 4}, false},   {"rsa2048.pem", {8, 9}, false},
	    {"rsa2048.pem", {2, 1}, false}, {"ec256.pem", {2, 3}, false},   {"ec256.pem", {9, 4}, false},
	    {"rsa2048.pem", {8, 5}, false}, // not in the list
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(judge(rows[i].identity, CERTIFICATE_VERIFY, rows[i].algorithm, 2),
		                 rows[i].is_good ? 0 : MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER);
}

static void request_with_a_context(void **state)
{
	(void)state;
	assert_int_equal(judge("ec256.pem", CERTIFICATE_REQUEST, "\0\0\0", 3), 0);
	assert_int_equal(judge("ec256.pem", CERTIFICATE_REQUEST, "\1c\0\0", 4), MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z1 bytes behind a ClientKeyExchange, or that it lacks: decode_error", bytes_behind_key_exchange),
	    TEST("C1 a CertificateVerify of TLS 1.3 by an algorithm that is not for the key, or was not offered: "
	         "illegal_parameter",
	         signatures_of_another_kind),
	    TEST("C1 a CertificateRequest of TLS 1.3 with a context: illegal_parameter", request_with_a_context),
	};

	return cmocka_run_group_tests_name("judged messages", tests, NULL, NULL);
}
