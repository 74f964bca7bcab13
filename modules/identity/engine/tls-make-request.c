#include "tls-make-request.h"

#include "mbedtls/asn1write.h"
#include "mbedtls/oid.h"

#include "port/tls-port-crypto.h"
#include "tls-make-der.h"
#include "tls-port-issue.h"

static int fill_request(mbedtls_x509write_csr *draft, const char *subject, xstls_bytes names)
{
	uint8_t value[TLS_MAKE_EXTENSION];
	int result = mbedtls_x509write_csr_set_subject_name(draft, subject);
	int length;

	if (result || names.length == 0)
		return result;
	length = xstls_make_element(value, names.data, names.length, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
	if (length < 0)
		return length;
	return mbedtls_x509write_csr_set_extension(draft, MBEDTLS_OID_SUBJECT_ALT_NAME,
	                                           MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME), 0,
	                                           value + TLS_MAKE_EXTENSION - length, (size_t)length);
}

xstls_error xstls_make_request(const char *subject, xstls_bytes key_bytes, xstls_bytes names, xstls_output *output)
{
	mbedtls_x509write_csr draft;
	mbedtls_pk_context key;
	xstls_error error;
	int result;

	output->length = 0;
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	mbedtls_x509write_csr_init(&draft);
	mbedtls_pk_init(&key);
	error = xstls_make_open_key(&key, key_bytes);
	if (error == TLS_E_NONE) {
		mbedtls_x509write_csr_set_md_alg(&draft, MBEDTLS_MD_SHA256);
		mbedtls_x509write_csr_set_key(&draft, &key);
		result = fill_request(&draft, subject, names);
		error = result ? xstls_make_error(result)
		               : xstls_make_finish(output, xstls_port_write_request(&draft, output->data, output->size));
	}
	mbedtls_pk_free(&key);
	mbedtls_x509write_csr_free(&draft);
	return error;
}
