#include "tls-alert.h"

#include <stddef.h>

typedef struct {
	xstls_error code;
	uint8_t alert;
} row;

// Of two rows with the same code or alert, the first one counts.
static const row rows[] = {
    {TLS_E_UNEXPECTED_MESSAGE, TLS_ALERT_UNEXPECTED_MESSAGE},
    {TLS_E_BAD_RECORD_MAC, TLS_ALERT_BAD_RECORD_MAC},
    {TLS_E_RECORD_OVERFLOW, TLS_ALERT_RECORD_OVERFLOW},
    {TLS_E_DECODE_ERROR, TLS_ALERT_DECODE_ERROR},
    {TLS_E_DECRYPT_ERROR, TLS_ALERT_DECRYPT_ERROR},
    {TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_ILLEGAL_PARAMETER},
    {TLS_E_HANDSHAKE_FAILURE, TLS_ALERT_HANDSHAKE_FAILURE},
    {TLS_E_PROTOCOL_VERSION, TLS_ALERT_PROTOCOL_VERSION},
    {TLS_E_NO_APPLICATION_PROTOCOL, TLS_ALERT_NO_APPLICATION_PROTOCOL},
    {TLS_E_UNRECOGNIZED_NAME, TLS_ALERT_UNRECOGNIZED_NAME},
    {TLS_E_CERTIFICATE_REQUIRED, TLS_ALERT_CERTIFICATE_REQUIRED},
    {TLS_E_CERTIFICATE_UNTRUSTED, TLS_ALERT_UNKNOWN_CA},
    {TLS_E_UNKNOWN_PSK_IDENTITY, TLS_ALERT_UNKNOWN_PSK_IDENTITY},
    // mbedTLS has some forty errors for a certificate that it cannot read, and sends one of these.
    {TLS_E_CERTIFICATE_MALFORMED, TLS_ALERT_BAD_CERTIFICATE},
    {TLS_E_CERTIFICATE_MALFORMED, TLS_ALERT_UNSUPPORTED_CERTIFICATE},
    {TLS_E_ILLEGAL_PARAMETER, TLS_ALERT_UNSUPPORTED_EXTENSION},
    {TLS_E_NOT_TLS, TLS_ALERT_UNEXPECTED_MESSAGE},
};

uint8_t xstls_alert_of(xstls_error code)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].code == code)
			return rows[i].alert;
	return TLS_ALERT_INTERNAL_ERROR;
}

xstls_error xstls_alert_code(uint8_t alert)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].alert == alert)
			return rows[i].code;
	return TLS_E_INTERNAL;
}
