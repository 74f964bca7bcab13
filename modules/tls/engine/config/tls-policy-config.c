#include "tls-policy-config.h"

#include "port/tls-alloc.h"
#include "tls-config-state.h"
#include "tls-policy-config-internal.h"

xstls_error xstls_config_allow(xstls_config *config, xstls_policy_list list, const char *name, size_t length)
{
	xstls_policy_choice *choice;
	uint16_t number;

	if (config->sealed)
		return TLS_E_STATE;
	if (list < 0 || list >= TLS_POLICY_LISTS)
		return TLS_E_ARGUMENT;
	choice = &config->allowed[list];
	number = xstls_policy_number(list, name, length);
	if (number == 0 || choice->count == TLS_POLICY_MOST)
		return TLS_E_ARGUMENT;
	if (!choice->numbers)
		choice->numbers = xstls_calloc(TLS_POLICY_MOST + 1, list == TLS_POLICY_SUITES ? sizeof(int) : sizeof(uint16_t));
	if (!choice->numbers)
		return TLS_E_MEMORY;
	if (list == TLS_POLICY_SUITES)
		((int *)choice->numbers)[choice->count++] = number;
	else
		((uint16_t *)choice->numbers)[choice->count++] = number;
	return TLS_E_NONE;
}

void xstls_policy_free(xstls_config *config)
{
	for (int list = 0; list < TLS_POLICY_LISTS; list++)
		xstls_free(config->allowed[list].numbers);
}

const int *xstls_policy_suites_of(const xstls_config *config, xstls_role role)
{
	bool has_psk = role == TLS_SERVER ? config->psks != NULL : config->has_client_psk;

	if (config->allowed[TLS_POLICY_SUITES].numbers)
		return config->allowed[TLS_POLICY_SUITES].numbers;
	return has_psk ? xstls_policy_suites_with_psk : xstls_policy_suites;
}

void xstls_policy_reset_suites(xstls_config *config, xstls_role role)
{
	mbedtls_ssl_conf_ciphersuites(&config->ssl[role], xstls_policy_suites_of(config, role));
}

int xstls_policy_place_of(const xstls_config *config, xstls_role role, int suite)
{
	const int *suites = xstls_policy_suites_of(config, role);

	for (int i = 0; suites[i]; i++)
		if (suites[i] == suite)
			return i;
	return -1;
}

const uint16_t *xstls_policy_signatures_of(const xstls_config *config, size_t *count)
{
	*count = config->allowed[TLS_POLICY_SIGNATURES].count;
	return config->allowed[TLS_POLICY_SIGNATURES].numbers;
}

static const uint16_t *groups_of(const xstls_config *config)
{
	const uint16_t *named = config->allowed[TLS_POLICY_GROUPS].numbers;

	return named ? named : xstls_policy_groups;
}

bool xstls_policy_has_group(const xstls_config *config, uint16_t group)
{
	for (const uint16_t *at = groups_of(config); *at; at++)
		if (*at == group)
			return true;
	return false;
}

bool xstls_policy_has_signature(const xstls_config *config, uint16_t algorithm)
{
	const uint16_t *at = config->allowed[TLS_POLICY_SIGNATURES].numbers;

	if (!at)
		return xstls_policy_knows(TLS_POLICY_SIGNATURES, algorithm);
	for (; *at; at++)
		if (*at == algorithm)
			return true;
	return false;
}

void xstls_policy_apply(xstls_config *config, mbedtls_ssl_config *ssl, xstls_role role)
{
	const uint16_t *signatures = config->allowed[TLS_POLICY_SIGNATURES].numbers;

	xstls_policy_reset_suites(config, role);
	mbedtls_ssl_conf_groups(ssl, groups_of(config));
	if (signatures)
		mbedtls_ssl_conf_sig_algs(ssl, signatures);
}
