// The extensions of a server's ticket, which a client has to read past.

#include "fixture.h"
#include "forge.h"

enum { HANDSHAKE = 22 };

typedef struct {
	const char *what;
	uint8_t length;
	uint8_t extensions[20];
	xstls_error code;
	uint8_t alert;
} row;

static const row rows[] = {
    {"none", 0, {0}, TLS_E_NONE, TLS_ALERT_NONE},
    {"early_data", 8, {0, 42, 0, 4, 0, 0, 1, 0}, TLS_E_NONE, TLS_ALERT_NONE},
    {"early_data and an unknown one", 12, {0, 42, 0, 4, 0, 0, 1, 0, 0x1a, 0x1a, 0, 0}, TLS_E_NONE, TLS_ALERT_NONE},
    {"early_data twice",
     16,
     {0, 42, 0, 4, 0, 0, 1, 0, 0, 42, 0, 4, 0, 0, 1, 0},
     TLS_E_ILLEGAL_PARAMETER,
     TLS_ALERT_ILLEGAL_PARAMETER},
    {"half of one", 6, {0, 42, 0, 4, 0, 0}, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
};

static void assert_row(const row *r)
{
	// Lifetime, age, an empty nonce, a ticket of one byte.
	uint8_t message[64] = {4, 0, 0, (uint8_t)(14 + r->length), 0, 0, 14, 16, 1, 2, 3, 4, 0, 0, 1, 't', 0, r->length};
	pair both = forge_open_pair(TLS13);

	memcpy(message + 18, r->extensions, r->length);
	forge_record(&both.server, &both.client, HANDSHAKE, message, 18u + r->length);
	forge_deliver(&both.client, 0);
	if (r->code == TLS_E_NONE)
		forge_assert_flows(&both.server, &both.client);
	else
		assert_failed(&both.client, r->code, r->alert, false);
	pair_free(&both);
}

static void every_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("# %s\n", rows[i].what);
		assert_row(&rows[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z7 extensions of a ticket are read past, and none may come twice", every_row),
	};

	return cmocka_run_group_tests_name("ticket extensions", tests, NULL, NULL);
}
