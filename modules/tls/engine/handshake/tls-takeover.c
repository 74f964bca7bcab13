// - mbedTLS's callback for key export gives the master secret of TLS 1.2 and the traffic secrets of TLS 1.3. Keys are
//   derived from them once more, for mbedTLS does not export those, unless TLS 1.2's were seen being made.
// - Sequence numbers continue where mbedTLS's are: TLS 1.2's Finished, and TLS 1.3's tickets, were sent under these
// keys.

#include "tls-takeover.h"

#include <string.h>

#include "mbedtls/platform_util.h"

#include "config/tls-config-memory.h"
#include "config/tls-config-state.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "port/tls-port-session.h"
#include "record/tls-key-schedule.h"
#include "tls-server-ticket.h"

enum { MOST_KEY = 32, MOST_KEY_BLOCK = 2 * (MOST_KEY + TLS_NONCE), RANDOM = 32 };

static void keep(uint8_t kept[TLS_HMAC_MOST], const uint8_t *secret, size_t length)
{
	if (length <= TLS_HMAC_MOST)
		memcpy(kept, secret, length);
}

static void on_secret(void *context, mbedtls_ssl_key_export_type type, const unsigned char *secret, size_t length,
                      const unsigned char client_random[RANDOM], const unsigned char server_random[RANDOM],
                      mbedtls_tls_prf_types prf)
{
	xstls_handshake_work *secrets = context;

	(void)prf;
	if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET) {
		keep(secrets->traffic[TLS_CLIENT], secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET) {
		keep(secrets->traffic[TLS_SERVER], secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_HANDSHAKE_TRAFFIC_SECRET) {
		keep(secrets->handshake[TLS_CLIENT], secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_HANDSHAKE_TRAFFIC_SECRET) {
		keep(secrets->handshake[TLS_SERVER], secret, length);
	} else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET && length == sizeof(secrets->master)) {
		memcpy(secrets->master, secret, length);
		memcpy(secrets->randoms, server_random, RANDOM);
		memcpy(secrets->randoms + RANDOM, client_random, RANDOM);
	}
}

bool xstls_takeover_prepare(xstls_handshake *h)
{
	h->work = xstls_calloc(1, sizeof(xstls_handshake_work));
	if (h->work)
		mbedtls_ssl_set_export_keys_cb(h->ssl, on_secret, h->work);
	return h->work != NULL;
}

static xstls_direction *direction_of(xstls_records *records, const xstls_handshake *h, xstls_role writer)
{
	return h->state.role == writer ? &records->out : &records->in;
}

static psa_key_usage_t usage_of(const xstls_handshake *h, xstls_role writer)
{
	return h->state.role == writer ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_DECRYPT;
}

static bool set_traffic_secret(const xstls_handshake *h, xstls_records *records, xstls_role writer)
{
	return xstls_records_set_secret(direction_of(records, h, writer), usage_of(h, writer), h->work->traffic[writer]);
}

static bool make_key_block(const xstls_handshake *h, psa_algorithm_t hash, uint8_t *block, size_t length)
{
	const xstls_handshake_work *secrets = h->work;
	const xstls_port_key_block *made = &secrets->key_block;
	const xstls_hmac_span randoms = {secrets->randoms, sizeof(secrets->randoms)};
	xstls_hmac master;
	bool is_done;

	if (made->length >= length) {
		memcpy(block, made->bytes, length);
		return true;
	}
	is_done = xstls_hmac_begin(&master, hash, secrets->master, sizeof(secrets->master)) &&
	          xstls_prf(&master, "key expansion", randoms, block, length);
	xstls_hmac_end(&master);
	return is_done;
}

// RFC 5246 §6.3: the client's key, the server's, the client's IV, the server's.
static bool set_key_block(const xstls_handshake *h, xstls_records *records)
{
	const xstls_suite *suite = records->in.protection.suite;
	const size_t key = suite->key_length, iv = xstls_protection_iv_length(suite, TLS_1_2);
	const uint8_t first = TLS_CLIENT, second = TLS_SERVER;
	uint8_t block[MOST_KEY_BLOCK];
	bool is_done = make_key_block(h, suite->hash, block, 2 * (key + iv)) &&
	               xstls_protection_set_key(&direction_of(records, h, first)->protection, usage_of(h, first), block,
	                                        block + 2 * key) &&
	               xstls_protection_set_key(&direction_of(records, h, second)->protection, usage_of(h, second),
	                                        block + key, block + 2 * key + iv);

	mbedtls_platform_zeroize(block, sizeof(block));
	return is_done;
}

static bool set_keys(const xstls_handshake *h, xstls_records *records)
{
	bool is_done = records->in.protection.version == TLS_1_3
	                   ? set_traffic_secret(h, records, TLS_CLIENT) && set_traffic_secret(h, records, TLS_SERVER)
	                   : set_key_block(h, records);

	records->in.protection.sequence = xstls_port_sequence_in(h->ssl);
	records->out.protection.sequence = xstls_port_sequence_out(h->ssl);
	return is_done;
}

// Bytes that a long record leaves to a handshake, unless it is the only one.
static uint16_t reserve_of(const xstls_config *config)
{
	const size_t most = xstls_config_handshake_memory(config);

	return most < UINT16_MAX ? (uint16_t)most : UINT16_MAX;
}

static xstls_records *make_records(const xstls_handshake *h)
{
	const xstls_suite *suite = xstls_suite_of(xstls_port_suite(h->ssl));
	int payload = mbedtls_ssl_get_max_out_record_payload(h->ssl);
	uint16_t most_out =
	    payload > 0 && payload < h->state.config->transmit ? (uint16_t)payload : h->state.config->transmit;
	xstls_records *records;

	if (!suite)
		return NULL;
	records =
	    xstls_records_new(suite, (uint16_t)mbedtls_ssl_get_version_number(h->ssl), h->state.config->receive, most_out);
	if (records && !set_keys(h, records)) {
		xstls_records_free(records);
		return NULL;
	}
	if (records)
		records->reserve = reserve_of(h->state.config);
	return records;
}

static bool keep_chain(const xstls_handshake *h, xstls_negotiated *negotiated)
{
	const mbedtls_x509_crt *chain = mbedtls_ssl_get_peer_cert(h->ssl);
	uint8_t *end;

	for (const mbedtls_x509_crt *at = chain; at; at = at->next)
		negotiated->chain_length += at->raw.len;
	if (negotiated->chain_length == 0)
		return true;
	negotiated->chain = end = xstls_calloc(1, negotiated->chain_length);
	if (!negotiated->chain)
		return false;
	negotiated->leaf_length = chain->raw.len;
	for (const mbedtls_x509_crt *at = chain; at; at = at->next) {
		memcpy(end, at->raw.p, at->raw.len);
		end += at->raw.len;
	}
	return true;
}

// A TLS 1.2 session is complete now; over TLS 1.3 a ticket makes it so, which is still to come.
static void keep_session(xstls_handshake *h)
{
	xstls_client *client = h->state.client;

	if (!client)
		return;
	client->resumable = xstls_port_take_session(h->ssl);
	if (h->state.records->in.protection.version == TLS_1_2)
		xstls_client_renew_session(client, xstls_state_has_verified(&h->state));
}

int xstls_takeover(xstls_handshake *h)
{
	xstls_negotiated negotiated = {
	    .alpn = mbedtls_ssl_get_alpn_protocol(h->ssl),
	    .verify_flags = mbedtls_ssl_get_verify_result(h->ssl),
	};
	xstls_records *records;

	// Nothing may follow Finished in its record (RFC 8446 §5.1).
	if (mbedtls_ssl_check_pending(h->ssl))
		return MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE;
	records = make_records(h);
	if (!records || !keep_chain(h, &negotiated)) {
		xstls_records_free(records);
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	}
	h->state.negotiated = negotiated;
	h->state.records = records;
	h->state.phase = PHASE_OPEN;
	keep_session(h);
	if (h->state.role == TLS_SERVER && records->out.protection.version == TLS_1_3)
		xstls_server_ticket_write(h, xstls_port_session(h->ssl));
	xstls_handshake_free_library(h);
	return 0;
}
