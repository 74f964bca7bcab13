#include "tls-trust-config.h"

#include "port/tls-alloc.h"
#include "tls-config-report.h"
#include "tls-config-state.h"
#include "x509/tls-parse.h"
#include "x509/tls-samples.h"

xstls_error xstls_config_set_verify(xstls_config *config, xstls_role role, xstls_verify verify)
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

xstls_error xstls_config_add_ca(xstls_config *config, const uint8_t *certificates, size_t length)
{
	mbedtls_x509_crt *ca = &config->trust.ca;
	xstls_error error = TLS_E_NONE;
	int result;

	if (config->sealed)
		return TLS_E_STATE;
	xstls_config_forget_failure(config);
	result = xstls_parse_certificates(ca, certificates, length);
	if (result)
		error = xstls_config_report(config, result, TLS_E_CA_INVALID);
	else if (xstls_samples_include(ca))
		error = TLS_E_KNOWN_SAMPLE;
	// Some of the certificates may be in the list by now, and others missing.
	if (error != TLS_E_NONE)
		config->broken = true;
	return error;
}

xstls_error xstls_config_set_bundle(xstls_config *config, const uint8_t *data, size_t length, bool copy)
{
	return config->sealed ? TLS_E_STATE : xstls_trust_set_bundle(&config->trust, data, length, copy);
}

xstls_error xstls_config_add_pin(xstls_config *config, const uint8_t *hash, size_t length)
{
	return config->sealed ? TLS_E_STATE : xstls_trust_add_pin(&config->trust, hash, length);
}

xstls_error xstls_config_set_clock_floor(xstls_config *config, int64_t seconds)
{
	if (config->sealed)
		return TLS_E_STATE;
	config->trust.clock_floor = seconds;
	return TLS_E_NONE;
}

xstls_error xstls_config_ignore_name(xstls_config *config)
{
	if (config->sealed)
		return TLS_E_STATE;
	config->trust.ignores_name = true;
	return TLS_E_NONE;
}

xstls_chain_verdict xstls_config_verify_chain(xstls_config *config, const uint8_t *chain, size_t length,
                                              xstls_usage usage)
{
	xstls_chain_verdict verdict = {.depth = -1};
	mbedtls_x509_crt parsed;
	int result;

	xstls_alloc_clear_failure();
	mbedtls_x509_crt_init(&parsed);
	result = xstls_parse_certificates(&parsed, chain, length);
	if (result)
		verdict.code = xstls_config_report(config, result, TLS_E_CERTIFICATE_INVALID);
	else
		verdict = xstls_chain_verify(&config->trust, &parsed, usage);
	mbedtls_x509_crt_free(&parsed);
	return verdict;
}
