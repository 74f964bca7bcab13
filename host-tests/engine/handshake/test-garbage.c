// What comes to an open port and is not TLS, or only looks like it.

#include "fixture.h"
#include "pair.h"

#include "random.h"

static xstls_config *config;
static xstls_alloc_counters before;

// The session has failed, and its outbox holds one alert in the clear: the one that the failure names.
static void assert_alert_waits(xstls_session *session)
{
	uint8_t out[16];
	uint8_t alert = xstls_session_failure(session).alert;
	const uint8_t expected[] = {21, 3, 3, 0, 2, 2, alert};

	assert_int_equal(xstls_session_status(session), TLS_FAIL);
	assert_int_equal(xstls_session_drain(session, out, sizeof(out)), sizeof(expected));
	assert_memory_equal(out, expected, sizeof(expected));
}

static void expect(const char *input, size_t length, xstls_error code, uint8_t alert)
{
	xstls_session *session = xstls_session_new(config, TLS_SERVER, NULL);

	xstls_session_feed(session, (const uint8_t *)input, length);
	if (xstls_session_failure(session).code != code)
		fail_msg("code %d, not %d (library -0x%X)", xstls_session_failure(session).code, code,
		         -xstls_session_failure(session).library);
	assert_int_equal(xstls_session_failure(session).alert, alert);
	assert_alert_waits(session);
	assert_int_equal(xstls_session_feed(session, (const uint8_t *)input, length), 0);
	xstls_session_free(session);
	assert_same_memory(before);
}

#define EXPECT(input, code, alert) expect(input, sizeof(input) - 1, TLS_E_##code, TLS_ALERT_##alert)

static void plain_http(void **state)
{
	(void)state;
	EXPECT("GET / HTTP/1.1\r\nHost: device.local\r\n\r\n", NOT_TLS, UNEXPECTED_MESSAGE);
	EXPECT("G", NOT_TLS, UNEXPECTED_MESSAGE);
	EXPECT("\x80\x2e\x01\x03\x01", NOT_TLS, UNEXPECTED_MESSAGE); // SSL 2
}

// Types of records that a connection cannot begin with; with an alert a server's can.
static xstls_error refusal_of(int first)
{
	return first == 20 || first == 21 || first == 23 ? TLS_E_UNEXPECTED_MESSAGE : TLS_E_NOT_TLS;
}

static void every_first_byte(void **state)
{
	(void)state;
	for (int first = 0; first < 256; first++) {
		char byte = (char)first;

		if (first != 22)
			expect(&byte, 1, refusal_of(first), TLS_ALERT_UNEXPECTED_MESSAGE);
	}
}

static void every_first_byte_to_a_client(void **state)
{
	xstls_config *client_config = config_client(0);
	uint8_t hello[2048];

	(void)state;
	for (int first = 0; first < 256; first++) {
		xstls_session *session = xstls_session_new(client_config, TLS_CLIENT, "device.local");
		uint8_t byte = (uint8_t)first;

		xstls_session_step(session);
		xstls_session_drain(session, hello, sizeof(hello));
		xstls_session_feed(session, &byte, 1);
		// A change_cipher_spec may come at any time over TLS 1.3 (RFC 8446 §5).
		if (first >= 20 && first <= 22) {
			assert_int_equal(xstls_session_status(session), TLS_WAIT_READ);
		} else {
			assert_int_equal(xstls_session_failure(session).code, refusal_of(first));
			assert_alert_waits(session);
		}
		xstls_session_free(session);
	}
	xstls_config_release(client_config);
	assert_same_memory(before);
}

static void another_protocol_costs_no_buffers(void **state)
{
	xstls_session *session = xstls_session_new(config, TLS_SERVER, NULL);
	size_t calls = xstls_alloc_count().calls;

	(void)state;
	xstls_session_feed(session, (const uint8_t *)"GET /", 5);
	assert_int_equal(xstls_alloc_count().calls, calls + 1);
	xstls_session_free(session);
}

static void records_that_break_the_rules(void **state)
{
	(void)state;
	EXPECT("\x16\x04\x01\x00\x05hello", DECODE_ERROR, DECODE_ERROR);
	EXPECT("\x16\x03\x01\x00\x00", DECODE_ERROR, DECODE_ERROR);
	EXPECT("\x16\x03\x01\x00\x04\x02\x00\x00\x00", UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE); // ServerHello
	EXPECT("\x16\x03\x01\x00\x04\x01\x00\x00\x00", DECODE_ERROR, DECODE_ERROR);             // empty ClientHello
}

// RFC 8446 §5.1: a record of more than 2^14 bytes (and 256 for the cipher) ends the connection with record_overflow.
static void record_overflow(void **state)
{
	(void)state;
	EXPECT("\x16\x03\x01\x48\x01", RECORD_OVERFLOW, RECORD_OVERFLOW);
	EXPECT("\x16\x03\x01\xff\xff", RECORD_OVERFLOW, RECORD_OVERFLOW);
}

static void random_bytes_after_a_record_header(void **state)
{
	uint8_t noise[700];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		xstls_session *session = xstls_session_new(config, TLS_SERVER, NULL);
		size_t length;

		random_bytes(noise, sizeof(noise));
		length = 6 + noise[6] * 2u;
		// Ever more of the first bytes are good, so that ever deeper layers see the noise.
		memcpy(noise, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", (size_t)(i % 12));
		xstls_session_feed(session, noise, length);
		assert_false(xstls_session_is_established(session));
		if (xstls_session_status(session) == TLS_FAIL)
			assert_alert_waits(session);
		xstls_session_free(session);
	}
	assert_same_memory(before);
}

static int set_up(void **state)
{
	(void)state;
	random_seed(7);
	warm_up();
	config = config_server("ec256", 0);
	before = xstls_alloc_count();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	xstls_config_release(config);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("garbage: plain HTTP gets unexpected_message", plain_http),
	    TEST("garbage: every first byte but that of a handshake record", every_first_byte),
	    TEST("garbage: every first byte to a client", every_first_byte_to_a_client),
	    TEST("garbage: another protocol costs no handshake buffers", another_protocol_costs_no_buffers),
	    TEST("garbage: records that break the rules", records_that_break_the_rules),
	    TEST("A1 garbage: a record that is too long gets record_overflow", record_overflow),
	    TEST("garbage: random bytes after a record header", random_bytes_after_a_record_header),
	};

	return cmocka_run_group_tests_name("garbage", tests, set_up, tear_down);
}
