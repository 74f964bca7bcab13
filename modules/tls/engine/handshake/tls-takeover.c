// - mbedTLS tells the secrets through its callback for key export: the master secret of TLS 1.2, the traffic secrets of
//   TLS 1.3. Keys are made of them anew, for it does not give its own away.
// - How many records have passed under these keys, it knows: TLS 1.2's Finished, TLS 1.3's tickets.

#include "tls-takeover.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "port/tls-alloc.h"
#include "tls-client-session-private.h"
#include "config/tls-config-private.h"
#include "record/tls-key-schedule.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"

enum { MOST_KEY = 32, MOST_KEY_BLOCK = 2 * (MOST_KEY + TLS_NONCE), RANDOM = 32 };

static void keep_traffic(tls_exported *exported, tls_role role, const uint8_t *secret, size_t length)
{
	if (length <= sizeof(exported->traffic[role]))
		memcpy(exported->traffic[role], secret, length);
}

static void on_secret(void *context, mbedtls_ssl_key_export_type type, const unsigned char *secret, size_t length,
                      const unsigned char client_random[RANDOM], const unsigned char server_random[RANDOM],
                      mbedtls_tls_prf_types prf)
{
	tls_exported *exported = context;

	(void)prf;
	if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET) {
		keep_traffic(exported, TLS_CLIENT, secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET) {
		keep_traffic(exported, TLS_SERVER, secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET && length == sizeof(exported->master)) {
		memcpy(exported->master, secret, length);
		memcpy(exported->randoms, server_random, RANDOM);
		memcpy(exported->randoms + RANDOM, client_random, RANDOM);
	}
}

bool tls_takeover_prepare(tls_session *s)
{
	s->exported = tls_calloc(1, sizeof(tls_exported));
	if (s->exported)
		mbedtls_ssl_set_export_keys_cb(s->ssl, on_secret, s->exported);
	return s->exported != NULL;
}

static tls_direction *direction_of(tls_records *records, const tls_session *s, tls_role writer)
{
	return s->role == writer ? &records->out : &records->in;
}

static psa_key_usage_t usage_of(const tls_session *s, tls_role writer)
{
	return s->role == writer ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_DECRYPT;
}

static bool set_traffic_secret(const tls_session *s, tls_records *records, tls_role writer)
{
	return tls_records_set_secret(direction_of(records, s, writer), usage_of(s, writer), s->exported->traffic[writer]);
}

static bool make_key_block(const tls_session *s, psa_algorithm_t hash, uint8_t *block, size_t length)
{
	const tls_exported *exported = s->exported;
	const tls_hmac_span randoms = {exported->randoms, sizeof(exported->randoms)};
	tls_hmac master;
	bool is_done = tls_hmac_begin(&master, hash, exported->master, sizeof(exported->master)) &&
	               tls_prf(&master, "key expansion", randoms, block, length);

	tls_hmac_end(&master);
	return is_done;
}

// RFC 5246 §6.3: the client's key, the server's, the client's IV, the server's.
static bool set_key_block(const tls_session *s, tls_records *records)
{
	const tls_suite *suite = records->in.protection.suite;
	const size_t key = suite->key_length, iv = tls_protection_iv_length(suite, TLS_1_2);
	const uint8_t first = TLS_CLIENT, second = TLS_SERVER;
	uint8_t block[MOST_KEY_BLOCK];
	bool is_done = make_key_block(s, suite->hash, block, 2 * (key + iv)) &&
	               tls_protection_set_key(&direction_of(records, s, first)->protection, usage_of(s, first), block,
	                                      block + 2 * key) &&
	               tls_protection_set_key(&direction_of(records, s, second)->protection, usage_of(s, second),
	                                      block + key, block + 2 * key + iv);

	mbedtls_platform_zeroize(block, sizeof(block));
	return is_done;
}

static bool set_keys(const tls_session *s, tls_records *records)
{
	bool is_done = records->in.protection.version == TLS_1_3
	                   ? set_traffic_secret(s, records, TLS_CLIENT) && set_traffic_secret(s, records, TLS_SERVER)
	                   : set_key_block(s, records);

	records->in.protection.sequence = tls_port_sequence_in(s->ssl);
	records->out.protection.sequence = tls_port_sequence_out(s->ssl);
	return is_done;
}

static tls_records *make_records(const tls_session *s)
{
	const tls_suite *suite = tls_suite_of(tls_port_suite(s->ssl));
	int payload = mbedtls_ssl_get_max_out_record_payload(s->ssl);
	uint16_t most_out = payload > 0 && payload < s->config->transmit ? (uint16_t)payload : s->config->transmit;
	tls_records *records;

	if (!suite)
		return NULL;
	records = tls_records_new(suite, (uint16_t)mbedtls_ssl_get_version_number(s->ssl), s->config->receive, most_out);
	if (records && !set_keys(s, records)) {
		tls_records_free(records);
		return NULL;
	}
	return records;
}

static bool keep_chain(const tls_session *s, tls_agreed *agreed)
{
	const mbedtls_x509_crt *chain = mbedtls_ssl_get_peer_cert(s->ssl);
	uint8_t *end;

	for (const mbedtls_x509_crt *at = chain; at; at = at->next)
		agreed->chain_length += at->raw.len;
	if (agreed->chain_length == 0)
		return true;
	agreed->chain = end = tls_calloc(1, agreed->chain_length);
	if (!agreed->chain)
		return false;
	agreed->leaf_length = chain->raw.len;
	for (const mbedtls_x509_crt *at = chain; at; at = at->next) {
		memcpy(end, at->raw.p, at->raw.len);
		end += at->raw.len;
	}
	return true;
}

void tls_agreed_clear(tls_agreed *agreed)
{
	tls_free(agreed->chain);
	*agreed = (tls_agreed){0};
}

int tls_takeover(tls_session *s)
{
	tls_agreed agreed = {
	    .alpn = mbedtls_ssl_get_alpn_protocol(s->ssl),
	    .verify_flags = mbedtls_ssl_get_verify_result(s->ssl),
	};
	tls_records *records;

	// Nothing may stand behind Finished in its record (RFC 8446 §5.1).
	if (mbedtls_ssl_check_pending(s->ssl))
		return MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
	records = make_records(s);
	if (!records || !keep_chain(s, &agreed)) {
		tls_records_free(records);
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	}
	s->agreed = agreed;
	s->records = records;
	s->state = STATE_OPEN;
	tls_client_session_opened(s);
	tls_session_drop_library(s);
	return 0;
}
