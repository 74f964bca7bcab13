// A client that comes with another server's ticket and early data: the handshake goes on (RFC 8446 §4.2.10).

#include "fixture.h"
#include "pair.h"

#include "record-limit.h"
#include "session/tls-session-state.h"

enum { MOST = 16384, EXPANSION = 17, HEADER = 5 };

static xstls_config *server_of(const char *group, xstls_verify verify)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13});

	if (group)
		assert_int_equal(xstls_config_allow(config, TLS_POLICY_GROUPS, group, strlen(group)), TLS_E_NONE);
	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, verify), TLS_E_NONE);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// The ClientHello has come, and says that early data follow it.
static pair begin(const char *group, xstls_verify verify)
{
	xstls_config *server = server_of(group, verify);
	pair both = pair_of(xstls_config_retain(server),
	                    config_make(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = TLS13}));

	xstls_session_ask_identity(both.server.session);
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	peer_take(&both.server, SIZE_MAX, 0);
	both.server.session->handshake.hello->hello.early_data = true;
	assert_true(xstls_session_use(both.server.session, server));
	xstls_config_release(server);
	return both;
}

// A record under keys that the server does not have, with `length` bytes of data.
static void put_early_data(peer *to, size_t length)
{
	static uint8_t record[HEADER + MOST + 256] = {23, 3, 3};

	length += EXPANSION;
	record[3] = (uint8_t)(length >> 8);
	record[4] = (uint8_t)length;
	memset(record + HEADER, 0xa5, length);
	queue_put(&to->wire, record, HEADER + length);
}

static const size_t lengths[][4] = {{1}, {16}, {400, 300}, {5000, 1, 5000}, {16000, 384}, {MOST}};

static void assert_passed_over(const char *group, xstls_verify verify, size_t chunk)
{
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		pair both = begin(group, verify);

		for (size_t j = 0; j < 4 && lengths[i][j]; j++)
			put_early_data(&both.server, lengths[i][j]);
		pair_run(&both, chunk);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

static void passed_over(void **state)
{
	(void)state;
	for (size_t chunk = 0; chunk < 4; chunk++)
		assert_passed_over(NULL, TLS_VERIFY_NONE, chunk);
}

// The client's second flight is in records of a byte or few.
static void passed_over_before_pieces(void **state)
{
	(void)state;
	for (size_t limit = 1; limit <= 5; limit++) {
		pair both = begin(NULL, TLS_VERIFY_REQUIRED);

		put_early_data(&both.server, 5000);
		put_early_data(&both.server, 1);
		record_limit_set(limit);
		pair_run(&both, 0);
		record_limit_set(0);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

static void passed_over_before_a_certificate(void **state)
{
	(void)state;
	assert_passed_over(NULL, TLS_VERIFY_REQUIRED, 0);
	assert_passed_over(NULL, TLS_VERIFY_REQUIRED, 1);
}

static void passed_over_after_a_retry(void **state)
{
	(void)state;
	assert_passed_over("secp384r1", TLS_VERIFY_NONE, 0);
	assert_passed_over("secp384r1", TLS_VERIFY_NONE, 1);
}

static void assert_refused(const char *group, size_t length, size_t count)
{
	pair both = begin(group, TLS_VERIFY_NONE);

	for (size_t i = 0; i < count; i++)
		put_early_data(&both.server, length);
	peer_send(&both.server, &both.client);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
	pair_run(&both, 0);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, TLS_ALERT_UNEXPECTED_MESSAGE, true);
	pair_free(&both);
}

static void too_much(void **state)
{
	(void)state;
	assert_refused(NULL, 8193, 2);
	assert_refused("secp384r1", 8193, 2);
	assert_refused(NULL, 1, 65);
	assert_refused("secp384r1", 0, 65);
}

// Nothing that nobody could open is passed over where no early data was announced, or once the client goes on.
static void only_where_it_was_announced(void **state)
{
	pair both = pair_of(server_of(NULL, TLS_VERIFY_NONE), config_client(TLS13));

	(void)state;
	xstls_session_step(both.client.session);
	peer_send(&both.client, &both.server);
	put_early_data(&both.server, 16);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_BAD_RECORD_MAC, TLS_ALERT_BAD_RECORD_MAC, false);
	pair_free(&both);
	both = begin("secp384r1", TLS_VERIFY_NONE);
	peer_send(&both.server, &both.client);
	peer_take(&both.client, SIZE_MAX, 0);
	peer_send(&both.client, &both.server); // the second ClientHello
	put_early_data(&both.server, 16);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, TLS_E_BAD_RECORD_MAC, TLS_ALERT_BAD_RECORD_MAC, false);
	pair_free(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z19 early data before the client's Finished is passed over", passed_over),
	    TEST("Z1 early data before a flight in records of 1 to 5 bytes", passed_over_before_pieces),
	    TEST("Z19 early data before the client's certificate is passed over", passed_over_before_a_certificate),
	    TEST("Z19 early data before a second ClientHello is passed over", passed_over_after_a_retry),
	    TEST("Z19 Z2 more than 16,384 bytes or 64 records of it: unexpected_message", too_much),
	    TEST("Z19 records that cannot be opened are early data only where it was announced",
	         only_where_it_was_announced),
	};

	return cmocka_run_group_tests_name("early data", tests, NULL, NULL);
}
