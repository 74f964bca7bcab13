#include "tls-verify-flags.h"

#include <stddef.h>

#include "mbedtls/x509.h"

typedef struct {
	uint32_t flags;
	xstls_error code;
} code_row;

// The first that applies is the code, so the most specific come first. A certificate that is not valid yet has both
// flags of dates (tls-verify.c).
static const code_row code_rows[] = {
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

// mbedTLS sends the alert itself and goes through the flags in this order, so that for a chain with several faults the
// alert named here is the one that was sent.
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

xstls_error xstls_verify_flags_code(uint32_t flags)
{
	if (flags == 0)
		return TLS_E_NONE;
	if (flags == TLS_NOT_VERIFIED)
		return TLS_E_CERTIFICATE_UNTRUSTED;
	for (size_t i = 0; i < sizeof(code_rows) / sizeof(code_rows[0]); i++)
		if (flags & code_rows[i].flags)
			return code_rows[i].code;
	return TLS_E_CERTIFICATE_UNTRUSTED;
}

uint8_t xstls_verify_flags_alert(uint32_t flags)
{
	for (size_t i = 0; i < sizeof(alert_rows) / sizeof(alert_rows[0]); i++)
		if (flags & alert_rows[i].flags)
			return alert_rows[i].alert;
	return TLS_ALERT_CERTIFICATE_UNKNOWN;
}
