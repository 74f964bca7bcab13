#include "tls-protocol-config.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "record/tls-record-limits.h"
#include "tls-config-state.h"
#include "tls-protocol-config-internal.h"

xstls_error xstls_config_set_versions(xstls_config *config, uint16_t lowest, uint16_t highest)
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

xstls_error xstls_config_add_alpn(xstls_config *config, const uint8_t *name, size_t length)
{
	const char **list;
	char *copy;

	if (config->sealed)
		return TLS_E_STATE;
	if (length < 1 || length > 255 || memchr(name, 0, length))
		return TLS_E_ARGUMENT;
	list = xstls_calloc(config->alpn_count + 2, sizeof(char *));
	copy = xstls_calloc(1, length + 1);
	if (!list || !copy) {
		xstls_free((void *)list);
		xstls_free(copy);
		return TLS_E_MEMORY;
	}
	memcpy(copy, name, length);
	if (config->alpn_count)
		memcpy((void *)list, (const void *)config->alpn, config->alpn_count * sizeof(char *));
	list[config->alpn_count++] = copy;
	xstls_free((void *)config->alpn);
	config->alpn = list;
	return TLS_E_NONE;
}

int xstls_alpn_apply(xstls_config *config, mbedtls_ssl_config *ssl)
{
	return config->alpn_count ? mbedtls_ssl_conf_alpn_protocols(ssl, config->alpn) : 0;
}

void xstls_alpn_free(xstls_config *config)
{
	for (size_t i = 0; i < config->alpn_count; i++)
		xstls_free((void *)config->alpn[i]);
	xstls_free((void *)config->alpn);
}

size_t xstls_config_most_receive(void)
{
	return TLS_RECORD_MOST;
}

size_t xstls_config_most_transmit(void)
{
	return TLS_RECORD_MOST_SENT;
}

xstls_error xstls_config_set_record_sizes(xstls_config *config, size_t receive, size_t transmit)
{
	if (config->sealed)
		return TLS_E_STATE;
	if (receive < TLS_RECORD_LEAST || receive > xstls_config_most_receive() || transmit < TLS_RECORD_LEAST ||
	    transmit > xstls_config_most_transmit())
		return TLS_E_ARGUMENT;
	config->receive = (uint16_t)receive;
	config->transmit = (uint16_t)transmit;
	return TLS_E_NONE;
}

// The largest fragment that may be asked for and is not larger than `receive`.
static unsigned char fragment_code(size_t receive)
{
	if (receive >= 8192)
		return MBEDTLS_SSL_MAX_FRAG_LEN_NONE;
	if (receive >= 4096)
		return MBEDTLS_SSL_MAX_FRAG_LEN_4096;
	if (receive >= 2048)
		return MBEDTLS_SSL_MAX_FRAG_LEN_2048;
	return receive >= 1024 ? MBEDTLS_SSL_MAX_FRAG_LEN_1024 : MBEDTLS_SSL_MAX_FRAG_LEN_512;
}

void xstls_fragment_length_apply(const xstls_config *config, mbedtls_ssl_config *ssl)
{
	if (config->highest == MBEDTLS_SSL_VERSION_TLS1_2)
		mbedtls_ssl_conf_max_frag_len(ssl, fragment_code(config->receive));
}

bool xstls_fragment_length_is_asked_for(const xstls_config *config)
{
	return config->highest == MBEDTLS_SSL_VERSION_TLS1_2 &&
	       fragment_code(config->receive) != MBEDTLS_SSL_MAX_FRAG_LEN_NONE;
}
