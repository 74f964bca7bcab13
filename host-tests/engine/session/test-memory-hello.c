// What a server's handshake takes is no more than it has been given, whatever makes its ClientHello long.

#include "edit.h"
#include "fixture.h"

#include "config/tls-config-memory.h"
#include "hello/tls-hello-collector.h"
#include "port/tls-port-heap.h"
#include "resumption/tls-resumption.h"

enum { SERVER_NAME = 0, ALPN = 16, TICKET = 35, PRE_SHARED_KEY = 41, EARLY_DATA = 42, COOKIE = 44, KEY_SHARE = 51 };
enum { UNKNOWN = 0xfafa, AFTER_RANDOM = 4 + 2 + 32, BINDER = 32, AGE = 4 };

static uint8_t content[TLS_HELLO_LIMIT];

static void put(uint8_t *at, size_t number)
{
	at[0] = (uint8_t)(number >> 8);
	at[1] = (uint8_t)number;
}

static void replace(message *hello, uint16_t type, size_t length)
{
	edit_drop_extension(hello, type);
	edit_add_extension(hello, type, content, length);
}

// Each makes the message longer by at most so many bytes.
static void by_unknown(message *hello, size_t more)
{
	memset(content, 0, more);
	replace(hello, UNKNOWN, more - 4);
}

static void by_ticket(message *hello, size_t more)
{
	memset(content, 7, more);
	replace(hello, TICKET, more - 4);
}

static void by_cookie(message *hello, size_t more)
{
	memset(content, 7, more);
	put(content, more - 6);
	replace(hello, COOKIE, more - 4);
}

static void by_names(message *hello, size_t more)
{
	const size_t each = 250, count = (more - 6) / (1 + each);

	memset(content, 'a', more);
	put(content, count * (1 + each));
	for (size_t i = 0; i < count; i++)
		content[2 + i * (1 + each)] = (uint8_t)each;
	replace(hello, ALPN, 2 + count * (1 + each));
}

static void by_server_name(message *hello, size_t more)
{
	memset(content, 'a', more);
	put(content, more - 6);
	content[2] = 0;
	put(content + 3, more - 9);
	replace(hello, SERVER_NAME, more - 4);
}

static void by_suites(message *hello, size_t more)
{
	size_t at = AFTER_RANDOM + 1 + hello->bytes[AFTER_RANDOM];
	size_t length = (size_t)hello->bytes[at] << 8 | hello->bytes[at + 1];

	memset(content, 0x5a, more);
	edit_splice(hello, at + 2 + length, 0, content, more / 2 * 2);
	put(hello->bytes + at, length + more / 2 * 2);
}

static void by_keys(message *hello, size_t count, size_t each)
{
	size_t at = 2;

	memset(content, 9, sizeof(content));
	put(content, count * (2 + each + AGE));
	for (size_t i = 0; i < count; i++, at += 2 + each + AGE)
		put(content + at, each);
	put(content + at, count * (1 + BINDER));
	at += 2;
	for (size_t i = 0; i < count; i++, at += 1 + BINDER)
		content[at] = BINDER;
	replace(hello, PRE_SHARED_KEY, at);
}

static void by_long_key(message *hello, size_t more)
{
	by_keys(hello, 1, more - 8 - 2 - AGE - 1 - BINDER);
}

static void by_many_keys(message *hello, size_t more)
{
	const size_t each = 8;

	by_keys(hello, (more - 8) / (2 + each + AGE + 1 + BINDER), each);
}

static void (*const means[])(message *, size_t) = {
    by_unknown, by_ticket, by_cookie, by_names, by_server_name, by_suites, by_long_key, by_many_keys,
};

static xstls_config *server_of(uint16_t version, xstls_verify verify, bool tickets)
{
	xstls_config *config = config_draft(&(config_options){.identity = {"ec256"}, .ca = "ca.pem", .version = version});
	xstls_resumption *store = xstls_resumption_new(0, 3600, true);

	assert_int_equal(xstls_config_set_verify(config, TLS_SERVER, verify), TLS_E_NONE);
	if (tickets)
		assert_int_equal(xstls_config_set_resumption(config, store), TLS_E_NONE);
	xstls_resumption_release(store);
	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

// The hello once more, with a key: in one record, or cut into `chunk` bytes each.
static void put_again(peer *to, const message *hello, size_t chunk)
{
	for (size_t at = 0, count; at < hello->length; at += count) {
		uint8_t header[5] = {22, 3, 3};

		count = hello->length - at < chunk ? hello->length - at : chunk;
		put(header + 3, count);
		queue_put(&to->wire, header, sizeof(header));
		queue_put(&to->wire, hello->bytes + at, count);
	}
}

typedef struct {
	uint16_t version;
	bool is_rewritten; // its legacy_version is not TLS 1.2's
	size_t again;      // bytes of a record of the second hello; 0: there is none
} way;

static void assert_enough(xstls_config *server, void (*by)(message *, size_t), way how, size_t length)
{
	message first, second;
	pair both = edit_begin(xstls_config_retain(server), config_client(how.version), &first);
	size_t wanted, before;

	xstls_session_ask_identity(both.server.session);
	second = first;
	if (how.again) {
		edit_drop_extension(&first, KEY_SHARE);
		edit_add_extension(&first, KEY_SHARE, "\0\0", 2);
	}
	first.bytes[5] = how.is_rewritten ? 4 : 3;
	if (length) {
		// The second is longer by its key.
		size_t more = length - second.length;

		by(&first, more);
		by(&second, more);
	}
	edit_put(&both.server, &first);
	peer_take(&both.server, SIZE_MAX, 0);
	wanted = xstls_session_handshake_memory(both.server.session, server) - TLS_HEAP_RESERVE;
	before = xstls_alloc_count().bytes;
	xstls_alloc_mark_peak();
	assert_true(xstls_session_use(both.server.session, server));
	if (how.again) {
		assert_int_equal(xstls_session_status(both.server.session), TLS_WAIT_WRITE);
		put_again(&both.server, &second, how.again);
	}
	peer_take(&both.server, SIZE_MAX, 0);
	assert_int_equal(xstls_session_failure(both.server.session).code, TLS_E_NONE);
	if (UINTPTR_MAX == UINT32_MAX)
		assert_in_range((xstls_alloc_count().peak - before) * 17 / 16, 0, wanted);
	pair_free(&both);
}

static const size_t lengths[] = {0, 2048, TLS_HELLO_LIMIT};

static void try_all(way how)
{
	xstls_config *servers[] = {server_of(how.version, TLS_VERIFY_NONE, true),
	                           server_of(how.version, TLS_VERIFY_REQUIRED, false)};

	for (size_t s = 0; s < 2; s++) {
		for (size_t i = 0; i < sizeof(means) / sizeof(means[0]); i++)
			for (size_t k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++)
				assert_enough(servers[s], means[i], how, lengths[k]);
		xstls_config_release(servers[s]);
	}
}

static void at_once(void **state)
{
	(void)state;
	try_all((way){.version = TLS12});
	try_all((way){.version = TLS13});
}

static void rewritten(void **state)
{
	(void)state;
	try_all((way){.version = TLS12, .is_rewritten = true});
	try_all((way){.version = TLS13, .is_rewritten = true});
}

static void again(void **state)
{
	(void)state;
	try_all((way){.version = TLS13, .again = SIZE_MAX});
	try_all((way){.version = TLS13, .again = 1000});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z3 Z12 the peak by what makes a ClientHello long", at_once),
	    TEST("Z3 Z12 the same of one that is written anew", rewritten),
	    TEST("Z3 Z12 the same with a second one after a HelloRetryRequest, whole and in pieces", again),
	};

	warm_up();
	return cmocka_run_group_tests_name("memory of hellos", tests, NULL, NULL);
}
