#include "tls-config.h"

#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-config-binding.h"
#include "tls-config-report.h"
#include "tls-config-state.h"
#include "tls-identity-internal.h"
#include "tls-policy-config-internal.h"
#include "tls-protocol-config-internal.h"

static bool set_up_role(mbedtls_ssl_config *ssl, xstls_role role)
{
	bool is_server = role == TLS_SERVER;

	if (mbedtls_ssl_config_defaults(ssl, is_server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT,
	                                MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT))
		return false;
	xstls_port_conf_random(ssl);
	// Without ECDHE, whoever gets the ticket key or the pre-shared key later could decrypt recorded sessions.
	mbedtls_ssl_conf_tls13_key_exchange_modes(ssl, MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ALL);
	mbedtls_ssl_conf_authmode(ssl, is_server ? MBEDTLS_SSL_VERIFY_NONE : MBEDTLS_SSL_VERIFY_REQUIRED);
	return true;
}

xstls_config *xstls_config_new(void)
{
	xstls_config *config;

	if (!xstls_port_start())
		return NULL;
	config = xstls_calloc(1, sizeof(xstls_config));
	if (!config)
		return NULL;
	config->references = 1;
	config->receive = (uint16_t)xstls_config_most_receive();
	config->transmit = (uint16_t)xstls_config_most_transmit();
	config->lowest = MBEDTLS_SSL_VERSION_TLS1_2;
	config->highest = MBEDTLS_SSL_VERSION_TLS1_3;
	config->verify[TLS_CLIENT] = TLS_VERIFY_REQUIRED;
	xstls_trust_init(&config->trust);
	mbedtls_ssl_config_init(&config->ssl[TLS_SERVER]);
	mbedtls_ssl_config_init(&config->ssl[TLS_CLIENT]);
	if (!set_up_role(&config->ssl[TLS_SERVER], TLS_SERVER) || !set_up_role(&config->ssl[TLS_CLIENT], TLS_CLIENT)) {
		xstls_config_release(config);
		return NULL;
	}
	return config;
}

xstls_config *xstls_config_retain(xstls_config *config)
{
	config->references++;
	return config;
}

void xstls_config_release(xstls_config *config)
{
	if (!config || --config->references)
		return;
	mbedtls_ssl_config_free(&config->ssl[TLS_SERVER]);
	mbedtls_ssl_config_free(&config->ssl[TLS_CLIENT]);
	xstls_identities_free(config);
	xstls_trust_free(&config->trust);
	xstls_resumption_release(config->resumption);
	xstls_psks_release(config->psks);
	xstls_free(config->psk_hint);
	xstls_policy_free(config);
	xstls_alpn_free(config);
	xstls_free(config);
}

static int seal_role(xstls_config *config, xstls_role role)
{
	mbedtls_ssl_config *ssl = &config->ssl[role];
	int result = xstls_alpn_apply(config, ssl);

	// A server's identities are given to each handshake, by what its client offers.
	for (xstls_identity *identity = config->identities; role == TLS_CLIENT && identity && result == 0;
	     identity = identity->next)
		result = mbedtls_ssl_conf_own_cert(ssl, &identity->chain, &identity->key);
	xstls_policy_apply(config, ssl, role);
	if (role == TLS_CLIENT)
		xstls_fragment_length_apply(config, ssl);
	xstls_trust_apply(&config->trust, ssl);
	return result;
}

xstls_error xstls_config_seal(xstls_config *config)
{
	int result;

	if (config->sealed || config->broken)
		return TLS_E_STATE;
	xstls_config_forget_failure(config);
	result = xstls_config_bind(config) ? 0 : PSA_ERROR_INSUFFICIENT_MEMORY;
	if (result == 0)
		result = seal_role(config, TLS_SERVER);
	if (result == 0)
		result = seal_role(config, TLS_CLIENT);
	if (result) {
		config->broken = true;
		return xstls_config_report(config, result, TLS_E_ARGUMENT);
	}
	config->sealed = true;
	return TLS_E_NONE;
}

bool xstls_config_is_sealed(const xstls_config *config)
{
	return config->sealed;
}

int xstls_config_library_error(const xstls_config *config)
{
	return config->library_error;
}
