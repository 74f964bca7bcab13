// A server's session up to the moment when mbedTLS is set up, and the choice of identities.

#include "tls-selection.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "tls-client-auth.h"
#include "config/tls-config-private.h"
#include "session/tls-engine-private.h"
#include "tls-failure.h"

// Curves that a certificate's key may be on.
static const uint16_t key_groups[] = {
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP521R1,
};
enum { KEY_GROUPS = sizeof(key_groups) / sizeof(key_groups[0]) };

static void refuse(tls_session *s, tls_error code)
{
	tls_session_refuse_in_clear(s, code, tls_failure_alert(code));
}

// A peer whose first byte is not TLS's costs no memory.
static tls_error greet(tls_session *s, uint8_t first)
{
	if (s->greeting)
		return TLS_E_NONE;
	if (!tls_hello_can_start_with(first))
		return tls_record_refusal(first);
	s->greeting = tls_calloc(1, sizeof(tls_greeting));
	return s->greeting ? TLS_E_NONE : TLS_E_MEMORY;
}

static tls_error read_hello(tls_session *s)
{
	tls_hello *hello = &s->greeting->hello;
	size_t length;
	const uint8_t *message = tls_hello_message(&s->greeting->collector, &length);
	tls_error error = tls_hello_parse(message, length, hello);

	for (size_t i = 0; i < KEY_GROUPS; i++)
		if (hello->groups.data == NULL || tls_hello_lists(hello->groups, key_groups[i]))
			s->curves |= 1 << i;
	return error;
}

void tls_session_free_greeting(tls_session *s)
{
	if (!s->greeting)
		return;
	tls_hello_collector_clear(&s->greeting->collector);
	tls_free(s->greeting);
	s->greeting = NULL;
}

// Without supported_versions it is TLS 1.2 at most (RFC 8446 §4.2.1). mbedTLS takes a client that knows TLS 1.3 only
// for one of TLS 1.2 when it may not speak 1.3 itself, and then complains about its suites.
static bool has_version_in_common(const tls_session *s)
{
	const tls_hello *hello = &s->greeting->hello;
	const tls_config *config = s->config;

	if (!hello->versions.data)
		return hello->legacy_version >= config->lowest;
	for (uint16_t version = config->lowest; version <= config->highest; version++)
		if (tls_hello_lists(hello->versions, version))
			return true;
	return false;
}

// What is longer than any name of a host is as good as none.
static bool keep_asked_name(tls_session *s)
{
	const tls_hello_span *name = &s->greeting->hello.server_name;

	if (!name->data || name->length > UINT8_MAX)
		return true;
	s->asked = tls_calloc(1, sizeof(tls_asked_name) + name->length);
	if (!s->asked)
		return false;
	s->asked->length = (uint8_t)name->length;
	memcpy(s->asked->bytes, name->data, name->length);
	return true;
}

// A bit for each suite of the configuration that the client offers, the first one's lowest.
static uint32_t offered_suites(const tls_session *s)
{
	const int *suites = tls_policy_suites_of(s->config, TLS_SERVER);
	uint32_t offered = 0;

	for (int i = 0; suites[i]; i++)
		if (tls_hello_lists(s->greeting->hello.ciphers, (uint16_t)suites[i]))
			offered |= UINT32_C(1) << i;
	return offered;
}

static void start(tls_session *s)
{
	if (s->config->resumption)
		s->suites = offered_suites(s);
	if (!has_version_in_common(s))
		refuse(s, TLS_E_PROTOCOL_VERSION);
	else if (!keep_asked_name(s))
		refuse(s, TLS_E_MEMORY);
	else
		tls_session_start_server(s);
}

size_t tls_session_collect_hello(tls_session *s, const uint8_t *ciphertext, size_t length)
{
	size_t taken = 0;
	tls_error error = greet(s, ciphertext[0]);

	if (error == TLS_E_NONE)
		error = tls_hello_collect(&s->greeting->collector, ciphertext, length, &taken);
	if (error == TLS_E_NONE && !tls_hello_is_complete(&s->greeting->collector))
		return taken;
	if (error == TLS_E_NONE)
		error = read_hello(s);
	if (error != TLS_E_NONE)
		refuse(s, error);
	else if (s->asks_identity)
		s->state = STATE_SELECTING;
	else
		start(s);
	return taken;
}

void tls_session_ask_identity(tls_session *s)
{
	s->asks_identity = true;
}

const tls_hello *tls_session_hello(const tls_session *s)
{
	return s->state == STATE_SELECTING ? &s->greeting->hello : NULL;
}

bool tls_session_use(tls_session *s, tls_config *config)
{
	tls_config *previous = s->config;

	if (s->state != STATE_SELECTING || !config->sealed)
		return false;
	s->config = tls_config_retain(config);
	tls_config_release(previous);
	start(s);
	return true;
}

void tls_session_refuse(tls_session *s)
{
	if (s->state == STATE_SELECTING)
		refuse(s, TLS_E_UNRECOGNIZED_NAME);
}

// Over TLS 1.2 the groups are those of the certificate's key too (RFC 8422 §5.1.1), and a client that names none takes
// any. mbedTLS 3.6 does not look when its crypto is PSA. In TLS 1.3 the signature algorithms say it, and it does.
static bool can_verify(const tls_session *s, uint16_t version, const tls_identity *identity)
{
	if (identity->group == 0 || version != TLS_1_2)
		return true;
	for (size_t i = 0; i < KEY_GROUPS; i++)
		if (key_groups[i] == identity->group)
			return s->curves & 1 << i;
	return false;
}

// Whether a TLS 1.2 handshake can come to a suite: there is somebody to authenticate by it.
static bool is_possible(const tls_session *s, int suite)
{
	const char *name = mbedtls_ssl_get_ciphersuite_name(suite);
	bool is_ecdsa = strstr(name, "-ECDSA-") != NULL;

	if (strstr(name, "PSK"))
		return s->config->psks != NULL;
	for (tls_identity *identity = s->config->identities; identity; identity = identity->next)
		if ((identity->group != 0) == is_ecdsa && can_verify(s, TLS_1_2, identity))
			return true;
	return false;
}

bool tls_selection_may_resume(const tls_session *s, uint16_t version, int suite)
{
	const int *suites = tls_policy_suites_of(s->config, TLS_SERVER);

	for (int i = 0; suites[i]; i++) {
		bool is_offered = s->suites >> i & 1;

		if (suites[i] == suite)
			return is_offered;
		if (is_offered && version == TLS_1_2 && tls_suite_version(suites[i]) == TLS_1_2 && is_possible(s, suites[i]))
			return false;
	}
	return false;
}

int tls_selection_give_identities(mbedtls_ssl_context *ssl)
{
	tls_session *s = mbedtls_ssl_get_user_data_p(ssl);
	uint16_t version = (uint16_t)mbedtls_ssl_get_version_number(ssl);
	int result = 0;

	tls_client_auth_begin(s);
	for (tls_identity *identity = s->config->identities; identity && result == 0; identity = identity->next)
		if (can_verify(s, version, identity))
			result = mbedtls_ssl_set_hs_own_cert(ssl, &identity->chain, &identity->key);
	return result;
}
