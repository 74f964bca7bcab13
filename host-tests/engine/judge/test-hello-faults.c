// What a server refuses in a ClientHello, though mbedTLS does not.

#include "edit.h"
#include "fixture.h"

enum { SERVER_NAME = 0, POINT_FORMATS = 11, KEY_SHARE = 51 };

static void assert_refused(uint16_t version, void (*spoil)(message *), xstls_error code, uint8_t alert)
{
	message hello;
	pair both = edit_begin(config_server("ec256", version), config_client(version), &hello);

	spoil(&hello);
	edit_put(&both.server, &hello);
	peer_take(&both.server, SIZE_MAX, 0);
	assert_failed(&both.server, code, alert, false);
	peer_send(&both.server, &both.client);
	peer_take(&both.client, SIZE_MAX, 0);
	assert_failed(&both.client, TLS_E_ALERT_RECEIVED, alert, true);
	pair_free(&both);
}

// The list stands right before the extensions: one byte of length, one method.
static void compress_always(message *hello)
{
	hello->bytes[edit_extensions(hello) - 1] = 1;
}

static void no_null_compression(void **state)
{
	(void)state;
	assert_refused(TLS12, compress_always, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
	assert_refused(TLS13, compress_always, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
}

static void compress_points(message *hello)
{
	assert_true(edit_drop_extension(hello, POINT_FORMATS));
	edit_add_extension(hello, POINT_FORMATS, "\x02\x01\x02", 3);
}

static void cut_point_formats(message *hello)
{
	assert_true(edit_drop_extension(hello, POINT_FORMATS));
	edit_add_extension(hello, POINT_FORMATS, "\x02", 1);
}

static void no_uncompressed_points(void **state)
{
	(void)state;
	assert_refused(TLS12, compress_points, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
	assert_refused(TLS12, cut_point_formats, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR);
}

// RFC 8446 gives the list no meaning.
static void points_do_not_count_in_1_3(void **state)
{
	message hello;
	pair both = edit_begin(config_server("ec256", TLS13), config_client(TLS13), &hello);

	(void)state;
	edit_add_extension(&hello, POINT_FORMATS, "\x01\x01", 2);
	edit_run(&both, &hello);
	pair_assert_open(&both);
	pair_free(&both);
}

static void share_twice(message *hello)
{
	static const uint8_t shares[] = {0, 10, 0, 29, 0, 1, 9, 0, 29, 0, 1, 9};

	assert_true(edit_drop_extension(hello, KEY_SHARE));
	edit_add_extension(hello, KEY_SHARE, shares, sizeof(shares));
}

static void two_shares_of_a_group(void **state)
{
	(void)state;
	assert_refused(TLS13, share_twice, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
}

// RFC 8446 §4.2.8: key_exchange has a byte at least.
static void empty_share(message *hello)
{
	assert_true(edit_drop_extension(hello, KEY_SHARE));
	edit_add_extension(hello, KEY_SHARE, "\0\x04\0\x1d\0\0", 6);
}

static void share_of_no_bytes(void **state)
{
	(void)state;
	assert_refused(TLS13, empty_share, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR);
}

// RFC 6066 §3
static const struct {
	const char *body;
	uint8_t length;
} bad_names[] = {
    {"\0\x08\0\0\x01z\0\0\x01z", 10}, // two, the same
    {"\0\x06\0\0\x03z\0z", 8},        // with a NUL
    {"\0\x06\0\0\x03z\x1bz", 8},      // what a terminal acts on
    {"\0\x05\0\0\x02\xc3\xa9", 7},    // UTF-8
    {"\0\x06\0\0\x03z z", 8},         // a blank
};
static size_t bad_name;

static void spoil_name(message *hello)
{
	edit_drop_extension(hello, SERVER_NAME);
	edit_add_extension(hello, SERVER_NAME, bad_names[bad_name].body, bad_names[bad_name].length);
}

static void no_host_name(void **state)
{
	(void)state;
	for (bad_name = 0; bad_name < sizeof(bad_names) / sizeof(bad_names[0]); bad_name++) {
		assert_refused(TLS12, spoil_name, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
		assert_refused(TLS13, spoil_name, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER);
	}
}

static void cut_record_size_limit(message *hello)
{
	edit_drop_extension(hello, 28);
	edit_add_extension(hello, 28, "\x40", 1);
}

static void record_size_limit_of_a_byte(void **state)
{
	(void)state;
	assert_refused(TLS12, cut_record_size_limit, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR);
	assert_refused(TLS13, cut_record_size_limit, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("B15 a ClientHello without null compression is refused: illegal_parameter", no_null_compression),
	    TEST("B15 a ClientHello without uncompressed points is refused: illegal_parameter", no_uncompressed_points),
	    TEST("B15 point formats do not count over TLS 1.3", points_do_not_count_in_1_3),
	    TEST("B15 two key shares of one group are refused: illegal_parameter", two_shares_of_a_group),
	    TEST("B15 an empty key share is refused: decode_error", share_of_no_bytes),
	    TEST("A1 B15 a record_size_limit of one byte is refused: decode_error", record_size_limit_of_a_byte),
	    TEST("B4 B15 two server names, or one of other than ASCII, are refused: illegal_parameter", no_host_name),
	};

	return cmocka_run_group_tests_name("hello faults", tests, NULL, NULL);
}
