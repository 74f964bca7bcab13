#include "tls-resumption-config.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "tls-config-report.h"
#include "tls-config-state.h"

xstls_error xstls_config_set_resumption(xstls_config *config, xstls_resumption *resumption)
{
	if (config->sealed)
		return TLS_E_STATE;
	xstls_resumption_release(config->resumption);
	config->resumption = xstls_resumption_retain(resumption);
	return TLS_E_NONE;
}

xstls_error xstls_config_set_psks(xstls_config *config, xstls_psks *psks)
{
	if (config->sealed)
		return TLS_E_STATE;
	xstls_psks_release(config->psks);
	config->psks = xstls_psks_retain(psks);
	return TLS_E_NONE;
}

xstls_error xstls_config_set_psk_hint(xstls_config *config, const uint8_t *hint, size_t length)
{
	uint8_t *copy;

	if (config->sealed)
		return TLS_E_STATE;
	if (length < 1 || length > TLS_PSK_MOST_IDENTITY || memchr(hint, 0, length))
		return TLS_E_ARGUMENT;
	copy = xstls_calloc(1, length);
	if (!copy)
		return TLS_E_MEMORY;
	memcpy(copy, hint, length);
	xstls_free(config->psk_hint);
	config->psk_hint = copy;
	config->psk_hint_length = length;
	return TLS_E_NONE;
}

xstls_error xstls_config_set_client_psk(xstls_config *config, const uint8_t *identity, size_t identity_length,
                                        const uint8_t *key, size_t key_length)
{
	mbedtls_ssl_config *ssl = &config->ssl[TLS_CLIENT];
	int result;

	if (config->sealed)
		return TLS_E_STATE;
	if (identity_length < 1 || identity_length > TLS_PSK_MOST_IDENTITY || key_length < 1 ||
	    key_length > TLS_PSK_MOST_KEY)
		return TLS_E_ARGUMENT;
	xstls_config_forget_failure(config);
	result = mbedtls_ssl_conf_psk(ssl, key, key_length, identity, identity_length);
	config->has_client_psk = true;
	return result ? xstls_config_report(config, result, TLS_E_ARGUMENT) : TLS_E_NONE;
}
