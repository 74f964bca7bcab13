// mbedTLS writes DER from the end of a buffer towards its start; output is moved to the front.

#include "tls-make-der.h"

#include <string.h>

#include "mbedtls/asn1write.h"
#include "psa/crypto.h"

#include "port/tls-port-crypto.h"

xstls_error xstls_make_error(int library)
{
	if (library >= 0)
		return TLS_E_NONE;
	if (xstls_port_is_out_of_memory(library))
		return TLS_E_MEMORY;
	// The caller's buffer or that of an extension is full: too many names.
	return library == MBEDTLS_ERR_ASN1_BUF_TOO_SMALL ? TLS_E_ARGUMENT : TLS_E_INTERNAL;
}

xstls_error xstls_make_finish(xstls_output *output, int written)
{
	output->length = 0;
	if (written <= 0)
		return xstls_make_error(written ? written : PSA_ERROR_GENERIC_ERROR);
	memmove(output->data, output->data + output->size - written, (size_t)written);
	output->length = (size_t)written;
	return TLS_E_NONE;
}

xstls_error xstls_make_open_key(mbedtls_pk_context *key, xstls_bytes der)
{
	int result = xstls_port_parse_key(key, der.data, der.length);

	if (result == 0)
		return TLS_E_NONE;
	return xstls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_KEY_INVALID;
}

int xstls_make_element(uint8_t value[TLS_MAKE_EXTENSION], const uint8_t *bytes, size_t length, uint8_t tag)
{
	uint8_t *at = value + TLS_MAKE_EXTENSION;
	int written = mbedtls_asn1_write_raw_buffer(&at, value, bytes, length);

	if (written >= 0)
		written = mbedtls_asn1_write_len(&at, value, length);
	if (written >= 0)
		written = mbedtls_asn1_write_tag(&at, value, tag);
	return written < 0 ? written : (int)(value + TLS_MAKE_EXTENSION - at);
}
