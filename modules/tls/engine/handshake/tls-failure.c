#include "tls-failure.h"

#include <stddef.h>

#include "mbedtls/ssl.h"
#include "mbedtls/x509.h"

#include "port/tls-port.h"

typedef struct {
	int library;
	tls_error code;
	uint8_t alert;
} library_row;

static const library_row library_rows[] = {
    {MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE},
    {MBEDTLS_ERR_SSL_UNEXPECTED_RECORD, TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE},
    {MBEDTLS_ERR_SSL_INVALID_MAC, TLS_E_BAD_RECORD_MAC, TLS_ALERT_BAD_RECORD_MAC},
    // The engine gives mbedTLS no bad arguments; what is left is a record that does not fit the buffer.
    {MBEDTLS_ERR_SSL_BAD_INPUT_DATA, TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW},
    {MBEDTLS_ERR_SSL_INVALID_RECORD, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
    {MBEDTLS_ERR_SSL_DECODE_ERROR, TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
    {MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER, TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
    {MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE},
    {MBEDTLS_ERR_SSL_PRIVATE_KEY_REQUIRED, TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE},
    {MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION, TLS_E_PROTOCOL_VERSION, TLS_ALERT_PROTOCOL_VERSION},
    {MBEDTLS_ERR_SSL_NO_APPLICATION_PROTOCOL, TLS_E_NO_APPLICATION_PROTOCOL, TLS_ALERT_NO_APPLICATION_PROTOCOL},
    {MBEDTLS_ERR_SSL_UNRECOGNIZED_NAME, TLS_E_UNRECOGNIZED_NAME, TLS_ALERT_UNRECOGNIZED_NAME},
    {MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE, TLS_E_CERTIFICATE_REQUIRED, TLS_ALERT_CERTIFICATE_REQUIRED},
    {MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA},
    {MBEDTLS_ERR_SSL_BAD_CERTIFICATE, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_BAD_CERTIFICATE},
    {MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY, TLS_E_UNKNOWN_PSK_IDENTITY, TLS_ALERT_UNKNOWN_PSK_IDENTITY},
    {MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA},
};

typedef struct {
	uint32_t flags;
	tls_error code;
} verify_row;

// The first that applies names the reason, so the most telling come first. What is not valid yet has both flags of
// dates: see tls-verify.c.
static const verify_row verify_rows[] = {
    {MBEDTLS_X509_BADCERT_MISSING, TLS_E_CERTIFICATE_REQUIRED},
    {MBEDTLS_X509_BADCERT_REVOKED, TLS_E_CERTIFICATE_REVOKED},
    {MBEDTLS_X509_BADCERT_OTHER, TLS_E_CERTIFICATE_NOT_PINNED},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH, TLS_E_CERTIFICATE_NAME},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, TLS_E_CERTIFICATE_UNTRUSTED},
    {MBEDTLS_X509_BADCERT_FUTURE, TLS_E_CERTIFICATE_NOT_YET_VALID},
    {MBEDTLS_X509_BADCERT_EXPIRED, TLS_E_CERTIFICATE_EXPIRED},
    {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE | MBEDTLS_X509_BADCERT_NS_CERT_TYPE,
     TLS_E_CERTIFICATE_USAGE},
    {MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY, TLS_E_CERTIFICATE_WEAK},
};

typedef struct {
	uint32_t flags;
	uint8_t alert;
} alert_row;

// mbedTLS sends the alert itself, and this is its order: what is told of a chain with several faults is what was sent.
static const alert_row alert_rows[] = {
    {MBEDTLS_X509_BADCERT_MISSING, TLS_ALERT_CERTIFICATE_REQUIRED},
    {MBEDTLS_X509_BADCERT_OTHER, TLS_ALERT_ACCESS_DENIED},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH, TLS_ALERT_BAD_CERTIFICATE},
    {MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE | MBEDTLS_X509_BADCERT_BAD_PK |
         MBEDTLS_X509_BADCERT_BAD_KEY,
     TLS_ALERT_UNSUPPORTED_CERTIFICATE},
    {MBEDTLS_X509_BADCERT_EXPIRED, TLS_ALERT_CERTIFICATE_EXPIRED},
    {MBEDTLS_X509_BADCERT_REVOKED, TLS_ALERT_CERTIFICATE_REVOKED},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, TLS_ALERT_UNKNOWN_CA},
};

static uint8_t alert_of_chain(uint32_t flags)
{
	for (size_t i = 0; i < sizeof(alert_rows) / sizeof(alert_rows[0]); i++)
		if (flags & alert_rows[i].flags)
			return alert_rows[i].alert;
	return TLS_ALERT_CERTIFICATE_UNKNOWN;
}

static bool judge_chain(tls_failure *failure)
{
	// All ones is mbedTLS's word for "not judged".
	if (failure->verify_flags == 0 || failure->verify_flags == UINT32_MAX)
		return false;
	for (size_t i = 0; i < sizeof(verify_rows) / sizeof(verify_rows[0]); i++) {
		if (!(failure->verify_flags & verify_rows[i].flags))
			continue;
		failure->code = verify_rows[i].code;
		failure->alert = alert_of_chain(failure->verify_flags);
		return true;
	}
	return false;
}

static bool is_about_chain(int library)
{
	return library == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || library == MBEDTLS_ERR_SSL_BAD_CERTIFICATE ||
	       library == MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE;
}

tls_failure tls_failure_from(int library, uint32_t verify_flags, bool out_of_memory)
{
	tls_failure failure = {.code = TLS_E_INTERNAL, .alert = TLS_ALERT_INTERNAL_ERROR, .library = library};

	if (out_of_memory || tls_port_is_out_of_memory(library)) {
		failure.code = TLS_E_MEMORY;
		return failure;
	}
	if (is_about_chain(library)) {
		failure.verify_flags = verify_flags == UINT32_MAX ? 0 : verify_flags;
		if (judge_chain(&failure))
			return failure;
	}
	for (size_t i = 0; i < sizeof(library_rows) / sizeof(library_rows[0]); i++) {
		if (library_rows[i].library == library) {
			failure.code = library_rows[i].code;
			failure.alert = library_rows[i].alert;
			break;
		}
	}
	return failure;
}

tls_error tls_failure_of_chain(uint32_t verify_flags)
{
	tls_failure failure = {.code = TLS_E_CERTIFICATE_UNTRUSTED, .verify_flags = verify_flags};

	if (verify_flags == 0)
		return TLS_E_NONE;
	judge_chain(&failure);
	return failure.code;
}

// mbedTLS names a certificate that it cannot read by some forty errors of its parsers.
static tls_error code_of_alert(uint8_t alert)
{
	switch (alert) {
	case TLS_ALERT_DECRYPT_ERROR:
		return TLS_E_DECRYPT_ERROR;
	case TLS_ALERT_BAD_CERTIFICATE:
	case TLS_ALERT_UNSUPPORTED_CERTIFICATE:
		return TLS_E_CERTIFICATE_MALFORMED;
	case TLS_ALERT_UNSUPPORTED_EXTENSION:
		return TLS_E_ILLEGAL_PARAMETER;
	default:
		break;
	}
	for (size_t i = 0; i < sizeof(library_rows) / sizeof(library_rows[0]); i++)
		if (library_rows[i].alert == alert)
			return library_rows[i].code;
	return TLS_E_INTERNAL;
}

void tls_failure_tell(tls_failure *failure, uint8_t alert)
{
	failure->alert = alert;
	if (failure->code == TLS_E_MEMORY)
		return;
	if (failure->code == TLS_E_INTERNAL || alert == TLS_ALERT_DECRYPT_ERROR)
		failure->code = code_of_alert(alert);
	// Bad input that is no long record: a ServerHello with a suite that there is not.
	else if (failure->code == TLS_E_RECORD_OVERFLOW && alert != TLS_ALERT_RECORD_OVERFLOW)
		failure->code = TLS_E_ILLEGAL_PARAMETER;
}

uint8_t tls_failure_alert(tls_error code)
{
	if (code == TLS_E_NOT_TLS)
		return TLS_ALERT_UNEXPECTED_MESSAGE;
	for (size_t i = 0; i < sizeof(library_rows) / sizeof(library_rows[0]); i++)
		if (library_rows[i].code == code)
			return library_rows[i].alert;
	return TLS_ALERT_INTERNAL_ERROR;
}
