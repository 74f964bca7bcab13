// Records of a handshake that mean nothing or little: alerts that end nothing, and types that nobody knows.

#include "fixture.h"
#include "forge.h"

enum { MOST = 32 };

static const uint16_t versions[] = {TLS12, TLS13};

// So many alerts, in the clear over TLS 1.2.
static void put_alerts(pair *both, xstls_role role, uint16_t version, const uint8_t alert[2], int count)
{
	const uint8_t record[] = {TLS_ALERT, 3, 3, 0, 2, alert[0], alert[1]};
	peer *to = forge_end(both, role);
	xstls_direction out = {0};

	if (version == TLS13)
		out = forge_handshake_keys(both, forge_other(role), PSA_KEY_USAGE_ENCRYPT);
	for (int i = 0; i < count; i++) {
		if (version == TLS13)
			forge_by(&out, to, TLS_ALERT, alert, 2);
		else
			queue_put(&to->wire, record, sizeof(record));
	}
	xstls_direction_clear(&out);
	peer_take(to, SIZE_MAX, 0);
}

static void alerts_are_counted(void **state)
{
	static const uint8_t user_canceled[] = {1, 90};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (xstls_role role = TLS_SERVER; role <= TLS_CLIENT; role++) {
			pair both = forge_pair_in_handshake(versions[i]);

			// The last one is judged when another record comes.
			put_alerts(&both, role, versions[i], user_canceled, MOST + 1);
			assert_int_equal(xstls_session_status(forge_end(&both, role)->session), TLS_WAIT_READ);
			pair_free(&both);
			both = forge_pair_in_handshake(versions[i]);
			put_alerts(&both, role, versions[i], user_canceled, MOST + 2);
			assert_failed(forge_end(&both, role), TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
			pair_free(&both);
		}
}

// RFC 8446 §6: "regardless of the AlertLevel".
static void alerts_of_1_3_are_errors(void **state)
{
	static const uint8_t warnings[][2] = {{1, 40}, {1, 46}, {1, 112}, {1, 254}};

	(void)state;
	for (size_t i = 0; i < sizeof(warnings) / sizeof(warnings[0]); i++)
		for (xstls_role role = TLS_SERVER; role <= TLS_CLIENT; role++) {
			pair both = forge_pair_in_handshake(TLS13);

			put_alerts(&both, role, TLS13, warnings[i], 1);
			assert_failed(forge_end(&both, role), TLS_E_ALERT_RECEIVED, warnings[i][1], true);
			pair_free(&both);
		}
}

// OpenSSL's client sends such ones. Alerts are not answered.
static void alerts_in_the_clear(void **state)
{
	static const uint8_t alerts[][7] = {{21, 3, 3, 0, 2, 2, 48}, {21, 3, 3, 0, 2, 1, 0}, {21, 3, 3, 0, 2, 1, 90}};

	(void)state;
	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		for (xstls_role role = TLS_SERVER; role <= TLS_CLIENT; role++) {
			pair both = forge_pair_in_handshake(TLS13);
			peer *to = forge_end(&both, role);

			queue_put(&to->wire, alerts[i], sizeof(alerts[i]));
			peer_take(to, SIZE_MAX, 1);
			assert_failed(to, TLS_E_ALERT_RECEIVED, alerts[i][6], true);
			assert_int_equal(xstls_session_pending(to->session), 0);
			pair_free(&both);
		}
}

static void unknown_types(void **state)
{
	static const uint8_t types[] = {0, 1, 19, 24, 25, 255};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < sizeof(types); j++)
			for (xstls_role role = TLS_SERVER; role <= TLS_CLIENT; role++) {
				const uint8_t record[] = {types[j], 3, 3, 0, 3, 1, 0, 0};
				pair both = forge_pair_in_handshake(versions[i]);

				queue_put(&forge_end(&both, role)->wire, record, sizeof(record));
				peer_take(forge_end(&both, role), SIZE_MAX, 0);
				assert_failed(forge_end(&both, role), TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
				pair_free(&both);
			}
}

static void in_the_clear(void **state)
{
	static const uint8_t finished[] = {22, 3, 3, 0, 4, 20, 0, 0, 0};

	(void)state;
	for (xstls_role role = TLS_SERVER; role <= TLS_CLIENT; role++) {
		pair both = forge_pair_in_handshake(TLS13);

		queue_put(&forge_end(&both, role)->wire, finished, sizeof(finished));
		peer_take(forge_end(&both, role), SIZE_MAX, 0);
		assert_failed(forge_end(&both, role), TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE, false);
		pair_free(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z2 B15 33 alerts in a handshake that end nothing, and no more", alerts_are_counted),
	    TEST("Z19 B15 an alert of TLS 1.3 is an error, whatever its level", alerts_of_1_3_are_errors),
	    TEST("B15 an alert of TLS 1.3 in the clear under keys is one that was received, and none is sent",
	         alerts_in_the_clear),
	    TEST("Z19 B15 a handshake message of TLS 1.3 in the clear under keys: unexpected_message", in_the_clear),
	    TEST("Z19 B15 a record of an unknown type in a handshake: unexpected_message", unknown_types),
	};

	return cmocka_run_group_tests_name("passed records", tests, NULL, NULL);
}
