#include "tls-failure.h"

#include <stddef.h>

#include "mbedtls/ssl.h"

#include "port/tls-port-crypto.h"
#include "port/tls-alert.h"
#include "x509/tls-verify-flags.h"

typedef struct {
	int library;
	xstls_error code;
} row;

static const row rows[] = {
    {MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE, TLS_E_UNEXPECTED_MESSAGE},
    {MBEDTLS_ERR_SSL_UNEXPECTED_RECORD, TLS_E_UNEXPECTED_MESSAGE},
    {MBEDTLS_ERR_SSL_INVALID_MAC, TLS_E_BAD_RECORD_MAC},
    // The engine gives mbedTLS no bad arguments: they are the peer's, such as a point that is not on its curve, an
    // answer that was not asked for, or a suite that mbedTLS does not know.
    {MBEDTLS_ERR_SSL_BAD_INPUT_DATA, TLS_E_ILLEGAL_PARAMETER},
    {MBEDTLS_ERR_SSL_INVALID_RECORD, TLS_E_DECODE_ERROR},
    {MBEDTLS_ERR_SSL_DECODE_ERROR, TLS_E_DECODE_ERROR},
    {MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER, TLS_E_ILLEGAL_PARAMETER},
    {MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION, TLS_E_ILLEGAL_PARAMETER},
    {MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE, TLS_E_HANDSHAKE_FAILURE},
    {MBEDTLS_ERR_SSL_PRIVATE_KEY_REQUIRED, TLS_E_HANDSHAKE_FAILURE},
    {MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION, TLS_E_PROTOCOL_VERSION},
    {MBEDTLS_ERR_SSL_NO_APPLICATION_PROTOCOL, TLS_E_NO_APPLICATION_PROTOCOL},
    {MBEDTLS_ERR_SSL_UNRECOGNIZED_NAME, TLS_E_UNRECOGNIZED_NAME},
    {MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE, TLS_E_CERTIFICATE_REQUIRED},
    {MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED, TLS_E_CERTIFICATE_UNTRUSTED},
    {MBEDTLS_ERR_SSL_BAD_CERTIFICATE, TLS_E_CERTIFICATE_UNTRUSTED},
    {MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY, TLS_E_UNKNOWN_PSK_IDENTITY},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, TLS_E_CERTIFICATE_UNTRUSTED},
};

static bool is_about_chain(int library)
{
	return library == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || library == MBEDTLS_ERR_SSL_BAD_CERTIFICATE ||
	       library == MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE;
}

static uint8_t alert_of(int library, xstls_error code)
{
	if (library == MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION)
		return TLS_ALERT_UNSUPPORTED_EXTENSION;
	return library == MBEDTLS_ERR_SSL_BAD_CERTIFICATE ? TLS_ALERT_BAD_CERTIFICATE : xstls_alert_of(code);
}

// A certificate that is signed by an algorithm which mbedTLS does not know, such as Ed25519. Over TLS 1.3 mbedTLS means
// to pass it over, and fails by it without an alert where it is the last one. The low bits say why it is not known.
static bool is_unknown_signature(int library)
{
	enum { LOW_BITS = 0x7f };

	return (-library & ~LOW_BITS) == -MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG;
}

xstls_failure xstls_failure_from(int library, uint32_t verify_flags, bool out_of_memory)
{
	xstls_failure failure = {.code = TLS_E_INTERNAL, .alert = TLS_ALERT_INTERNAL_ERROR, .library = library};

	if (out_of_memory || xstls_port_is_out_of_memory(library)) {
		failure.code = TLS_E_MEMORY;
		return failure;
	}
	if (is_about_chain(library) && verify_flags != TLS_NOT_VERIFIED)
		failure.verify_flags = verify_flags;
	if (failure.verify_flags) {
		failure.code = xstls_verify_flags_code(verify_flags);
		failure.alert = xstls_verify_flags_alert(verify_flags);
		return failure;
	}
	if (is_unknown_signature(library)) {
		failure.code = TLS_E_CERTIFICATE_MALFORMED;
		failure.alert = TLS_ALERT_UNSUPPORTED_CERTIFICATE;
		return failure;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].library == library) {
			failure.code = rows[i].code;
			failure.alert = alert_of(library, failure.code);
			break;
		}
	}
	return failure;
}

void xstls_failure_set_alert(xstls_failure *failure, uint8_t alert)
{
	failure->alert = alert;
	if (failure->code == TLS_E_MEMORY)
		return;
	if (failure->code == TLS_E_INTERNAL || alert == TLS_ALERT_DECRYPT_ERROR || alert == TLS_ALERT_ILLEGAL_PARAMETER)
		failure->code = xstls_alert_code(alert);
}
