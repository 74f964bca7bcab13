// Everything that costs parsing or is checked once: certificates, keys, protocol names.
//
// mbedTLS keeps pointers to what it is given, so the configuration owns it all and a session holds a reference.

#include "tls-config-private.h"

#include <string.h>

#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "tls-opaque-key.h"
#include "tls-parse.h"
#include "tls-policy.h"
#include "port/tls-port-session.h"
#include "port/tls-port.h"
#include "tls-psk-private.h"
#include "resumption/tls-resumption-private.h"
#include "tls-samples.h"
#include "handshake/tls-selection.h"
#include "trust/tls-trust-private.h"

static bool set_up_role(mbedtls_ssl_config *ssl, tls_role role)
{
	bool is_server = role == TLS_SERVER;

	if (mbedtls_ssl_config_defaults(ssl, is_server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT,
	                                MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT))
		return false;
	tls_port_conf_random(ssl);
	// Without a key exchange of its own, a session would be readable by who gets the ticket key or the PSK one day.
	mbedtls_ssl_conf_tls13_key_exchange_modes(ssl, MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ALL);
	mbedtls_ssl_conf_authmode(ssl, is_server ? MBEDTLS_SSL_VERIFY_NONE : MBEDTLS_SSL_VERIFY_REQUIRED);
	return true;
}

tls_config *tls_config_new(void)
{
	tls_config *config;

	if (!tls_port_start())
		return NULL;
	config = tls_calloc(1, sizeof(tls_config));
	if (!config)
		return NULL;
	config->references = 1;
	config->receive = (uint16_t)tls_config_most_receive();
	config->transmit = (uint16_t)tls_config_most_transmit();
	config->lowest = MBEDTLS_SSL_VERSION_TLS1_2;
	config->highest = MBEDTLS_SSL_VERSION_TLS1_3;
	config->verify[TLS_CLIENT] = TLS_VERIFY_REQUIRED;
	mbedtls_x509_crt_init(&config->ca);
	mbedtls_ssl_config_init(&config->ssl[TLS_SERVER]);
	mbedtls_ssl_config_init(&config->ssl[TLS_CLIENT]);
	if (!set_up_role(&config->ssl[TLS_SERVER], TLS_SERVER) || !set_up_role(&config->ssl[TLS_CLIENT], TLS_CLIENT)) {
		tls_config_release(config);
		return NULL;
	}
	return config;
}

tls_config *tls_config_retain(tls_config *config)
{
	config->references++;
	return config;
}

static void free_identity(tls_identity *identity)
{
	mbedtls_x509_crt_free(&identity->chain);
	mbedtls_pk_free(&identity->key);
	tls_free(identity);
}

void tls_config_release(tls_config *config)
{
	if (!config || --config->references)
		return;
	mbedtls_ssl_config_free(&config->ssl[TLS_SERVER]);
	mbedtls_ssl_config_free(&config->ssl[TLS_CLIENT]);
	while (config->identities) {
		tls_identity *identity = config->identities;

		config->identities = identity->next;
		free_identity(identity);
	}
	mbedtls_x509_crt_free(&config->ca);
	tls_trust_free(&config->trust);
	tls_resumption_release(config->resumption);
	tls_psks_release(config->psks);
	tls_free(config->psk_hint);
	tls_policy_free(config);
	for (size_t i = 0; i < config->alpn_count; i++)
		tls_free((void *)config->alpn[i]);
	tls_free(config->alpn);
	tls_free(config);
}

void tls_config_forget_failure(tls_config *config)
{
	config->library_error = 0;
	tls_alloc_clear_failure();
}

tls_error tls_config_report(tls_config *config, int library, tls_error meaning)
{
	config->library_error = library;
	return tls_alloc_has_failed() || tls_port_is_out_of_memory(library) ? TLS_E_MEMORY : meaning;
}

tls_error tls_config_parse_certificates(tls_config *config, mbedtls_x509_crt *into, const uint8_t *data, size_t length,
                                        tls_error meaning)
{
	int result = tls_parse_certificates(into, data, length);

	return result ? tls_config_report(config, result, meaning) : TLS_E_NONE;
}

static tls_error parse_key(tls_config *config, mbedtls_pk_context *key, const uint8_t *data, size_t length)
{
	int result = tls_parse_key(key, data, length);

	return result ? tls_config_report(config, result, TLS_E_KEY_INVALID) : TLS_E_NONE;
}

// Bytes, or without them the id of a key that PSA holds.
typedef struct {
	const uint8_t *data;
	size_t length;
	uint32_t id;
} key_source;

static tls_error load_key(tls_config *config, tls_identity *identity, const key_source *key)
{
	tls_error error;
	int result;

	if (!key->data)
		return tls_opaque_key_open(config, identity, key->id);
	error = parse_key(config, &identity->key, key->data, key->length);
	if (error != TLS_E_NONE)
		return error;
	result = tls_port_check_pair(&identity->chain.pk, &identity->key);
	return result ? tls_config_report(config, result, TLS_E_KEY_MISMATCH) : TLS_E_NONE;
}

static tls_error load_identity(tls_config *config, tls_identity *identity, const uint8_t *chain, size_t chain_length,
                               const key_source *key)
{
	tls_error error =
	    tls_config_parse_certificates(config, &identity->chain, chain, chain_length, TLS_E_CERTIFICATE_INVALID);

	if (error == TLS_E_NONE && tls_samples_include(&identity->chain))
		error = TLS_E_KNOWN_SAMPLE;
	if (error == TLS_E_NONE && !tls_parse_fits_message(&identity->chain))
		error = TLS_E_CERTIFICATE_TOO_LONG;
	if (error == TLS_E_NONE)
		error = load_key(config, identity, key);
	if (error == TLS_E_NONE)
		identity->group = tls_port_key_group(&identity->chain.pk);
	return error;
}

static tls_error add_identity(tls_config *config, const uint8_t *chain, size_t chain_length, const key_source *key)
{
	tls_identity *identity, **last;
	tls_error error;

	if (config->sealed)
		return TLS_E_STATE;
	tls_config_forget_failure(config);
	identity = tls_calloc(1, sizeof(tls_identity));
	if (!identity)
		return TLS_E_MEMORY;
	mbedtls_x509_crt_init(&identity->chain);
	mbedtls_pk_init(&identity->key);
	error = load_identity(config, identity, chain, chain_length, key);
	if (error != TLS_E_NONE) {
		free_identity(identity);
		return error;
	}
	for (last = &config->identities; *last; last = &(*last)->next)
		;
	*last = identity;
	return TLS_E_NONE;
}

tls_error tls_config_add_identity(tls_config *config, const uint8_t *chain, size_t chain_length, const uint8_t *key,
                                  size_t key_length)
{
	// No bytes are no key, but neither are they the id of one.
	static const uint8_t nothing;

	return add_identity(config, chain, chain_length, &(key_source){.data = key ? key : &nothing, .length = key_length});
}

tls_error tls_config_add_opaque_identity(tls_config *config, const uint8_t *chain, size_t chain_length, uint32_t key_id)
{
	return add_identity(config, chain, chain_length, &(key_source){.id = key_id});
}

tls_error tls_config_add_ca(tls_config *config, const uint8_t *certificates, size_t length)
{
	tls_error error;

	if (config->sealed)
		return TLS_E_STATE;
	tls_config_forget_failure(config);
	error = tls_config_parse_certificates(config, &config->ca, certificates, length, TLS_E_CA_INVALID);
	if (error == TLS_E_NONE && tls_samples_include(&config->ca))
		error = TLS_E_KNOWN_SAMPLE;
	// Some of the certificates may be in the list by now; half a trust store is not to be sealed.
	if (error != TLS_E_NONE)
		config->broken = true;
	return error;
}

tls_error tls_config_add_alpn(tls_config *config, const uint8_t *name, size_t length)
{
	const char **list;
	char *copy;

	if (config->sealed)
		return TLS_E_STATE;
	if (length < 1 || length > 255 || memchr(name, 0, length))
		return TLS_E_ARGUMENT;
	list = tls_calloc(config->alpn_count + 2, sizeof(char *));
	copy = tls_calloc(1, length + 1);
	if (!list || !copy) {
		tls_free((void *)list);
		tls_free(copy);
		return TLS_E_MEMORY;
	}
	memcpy(copy, name, length);
	if (config->alpn_count)
		memcpy((void *)list, (const void *)config->alpn, config->alpn_count * sizeof(char *));
	list[config->alpn_count++] = copy;
	tls_free((void *)config->alpn);
	config->alpn = list;
	return TLS_E_NONE;
}

tls_error tls_config_set_versions(tls_config *config, uint16_t lowest, uint16_t highest)
{
	if (config->sealed)
		return TLS_E_STATE;
	if (lowest < MBEDTLS_SSL_VERSION_TLS1_2 || highest > MBEDTLS_SSL_VERSION_TLS1_3 || lowest > highest)
		return TLS_E_ARGUMENT;
	config->lowest = lowest;
	config->highest = highest;
	for (int role = TLS_SERVER; role <= TLS_CLIENT; role++) {
		mbedtls_ssl_conf_min_tls_version(&config->ssl[role], (mbedtls_ssl_protocol_version)lowest);
		mbedtls_ssl_conf_max_tls_version(&config->ssl[role], (mbedtls_ssl_protocol_version)highest);
	}
	return TLS_E_NONE;
}

tls_error tls_config_set_verify(tls_config *config, tls_role role, tls_verify verify)
{
	static const int modes[] = {MBEDTLS_SSL_VERIFY_NONE, MBEDTLS_SSL_VERIFY_OPTIONAL, MBEDTLS_SSL_VERIFY_REQUIRED};

	if (config->sealed)
		return TLS_E_STATE;
	if (verify < TLS_VERIFY_NONE || verify > TLS_VERIFY_REQUIRED || role < TLS_SERVER || role > TLS_CLIENT)
		return TLS_E_ARGUMENT;
	mbedtls_ssl_conf_authmode(&config->ssl[role], modes[verify]);
	config->verify[role] = verify;
	return TLS_E_NONE;
}

tls_error tls_config_set_resumption(tls_config *config, tls_resumption *resumption)
{
	if (config->sealed)
		return TLS_E_STATE;
	tls_resumption_release(config->resumption);
	config->resumption = tls_resumption_retain(resumption);
	return TLS_E_NONE;
}

static void seal_server(tls_config *config, mbedtls_ssl_config *ssl)
{
	mbedtls_ssl_conf_cert_cb(ssl, tls_selection_give_identities);
	if (config->psks)
		mbedtls_ssl_conf_psk_cb(ssl, tls_psks_give_key, config);
	if (!config->resumption)
		return;
	tls_cache_apply(config, ssl);
	tls_tickets_apply(config, ssl);
}

static int seal_role(tls_config *config, mbedtls_ssl_config *ssl, tls_role role)
{
	int result = config->alpn_count ? mbedtls_ssl_conf_alpn_protocols(ssl, config->alpn) : 0;

	// A server's are given to each handshake by what its client offers.
	for (tls_identity *identity = config->identities; role == TLS_CLIENT && identity && result == 0;
	     identity = identity->next)
		result = mbedtls_ssl_conf_own_cert(ssl, &identity->chain, &identity->key);
	tls_policy_apply(config, ssl, role);
	if (role == TLS_SERVER)
		seal_server(config, ssl);
	else
		tls_config_ask_for_fragments(config);
	tls_trust_apply(config, ssl);
	return result;
}

tls_error tls_config_seal(tls_config *config)
{
	int result;

	if (config->sealed || config->broken)
		return TLS_E_STATE;
	tls_config_forget_failure(config);
	result = tls_config_bind(config) ? 0 : PSA_ERROR_INSUFFICIENT_MEMORY;
	if (result == 0)
		result = seal_role(config, &config->ssl[TLS_SERVER], TLS_SERVER);
	if (result == 0)
		result = seal_role(config, &config->ssl[TLS_CLIENT], TLS_CLIENT);
	if (result) {
		config->broken = true;
		return tls_config_report(config, result, TLS_E_ARGUMENT);
	}
	config->sealed = true;
	return TLS_E_NONE;
}

bool tls_config_is_sealed(const tls_config *config)
{
	return config->sealed;
}

int tls_config_library_error(const tls_config *config)
{
	return config->library_error;
}
