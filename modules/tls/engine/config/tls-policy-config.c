#include "tls-policy-config.h"

#include "port/tls-alloc.h"
#include "tls-config-state.h"
#include "tls-policy-config-private.h"

tls_error tls_config_allow(tls_config *config, tls_policy_list list, const char *name, size_t length)
{
	tls_policy_choice *choice;
	uint16_t number;

	if (config->sealed)
		return TLS_E_STATE;
	if (list < 0 || list >= TLS_POLICY_LISTS)
		return TLS_E_ARGUMENT;
	choice = &config->allowed[list];
	number = tls_policy_number(list, name, length);
	if (number == 0 || choice->count == TLS_POLICY_MOST)
		return TLS_E_ARGUMENT;
	if (!choice->numbers)
		choice->numbers = tls_calloc(TLS_POLICY_MOST + 1, list == TLS_POLICY_SUITES ? sizeof(int) : sizeof(uint16_t));
	if (!choice->numbers)
		return TLS_E_MEMORY;
	if (list == TLS_POLICY_SUITES)
		((int *)choice->numbers)[choice->count++] = number;
	else
		((uint16_t *)choice->numbers)[choice->count++] = number;
	return TLS_E_NONE;
}

void tls_policy_free(tls_config *config)
{
	for (int list = 0; list < TLS_POLICY_LISTS; list++)
		tls_free(config->allowed[list].numbers);
}

const int *tls_policy_suites_of(const tls_config *config, tls_role role)
{
	bool has_psk = role == TLS_SERVER ? config->psks != NULL : config->has_client_psk;

	if (config->allowed[TLS_POLICY_SUITES].numbers)
		return config->allowed[TLS_POLICY_SUITES].numbers;
	return has_psk ? tls_policy_suites_with_psk : tls_policy_suites;
}

int tls_policy_place_of(const tls_config *config, tls_role role, int suite)
{
	const int *suites = tls_policy_suites_of(config, role);

	for (int i = 0; suites[i]; i++)
		if (suites[i] == suite)
			return i;
	return -1;
}

const uint16_t *tls_policy_signatures_of(const tls_config *config, size_t *count)
{
	*count = config->allowed[TLS_POLICY_SIGNATURES].count;
	return config->allowed[TLS_POLICY_SIGNATURES].numbers;
}

void tls_policy_apply(tls_config *config, mbedtls_ssl_config *ssl, tls_role role)
{
	const uint16_t *groups = config->allowed[TLS_POLICY_GROUPS].numbers;
	const uint16_t *signatures = config->allowed[TLS_POLICY_SIGNATURES].numbers;

	mbedtls_ssl_conf_ciphersuites(ssl, tls_policy_suites_of(config, role));
	mbedtls_ssl_conf_groups(ssl, groups ? groups : tls_policy_groups);
	if (signatures)
		mbedtls_ssl_conf_sig_algs(ssl, signatures);
}
