// mbedTLS writes DER from the end of a buffer towards its start; output is moved to the front.
//
// Key identifiers are the first 160 bits of SHA-256 over the public key (RFC 7093 §2, method 1): mbedTLS's own writers
// want SHA-1, which some devices leave out.

#include "tls-make-identity.h"

#include <string.h>

#include "mbedtls/asn1write.h"
#include "mbedtls/oid.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "tls-port-issue.h"
#include "port/tls-port-crypto.h"

enum {
	SERIAL = 16,    // bytes; RFC 5280 §4.1.2.2 allows 20
	KEY_ID = 20,    // bytes
	POINT = 65,     // bytes of a P-256 public key, uncompressed
	SHA_256 = 32,   // bytes
	EXTENSION = 512 // bytes of an extension's value, at most
};

static xstls_error error_of(int library)
{
	if (library >= 0)
		return TLS_E_NONE;
	if (xstls_port_is_out_of_memory(library))
		return TLS_E_MEMORY;
	// The caller's buffer or that of an extension is full: too many names.
	return library == MBEDTLS_ERR_ASN1_BUF_TOO_SMALL ? TLS_E_ARGUMENT : TLS_E_INTERNAL;
}

static xstls_error finish(xstls_output *output, int written)
{
	output->length = 0;
	if (written <= 0)
		return error_of(written ? written : PSA_ERROR_GENERIC_ERROR);
	memmove(output->data, output->data + output->size - written, (size_t)written);
	output->length = (size_t)written;
	return TLS_E_NONE;
}

// PKCS #8 around the private and the public half of a P-256 key (RFC 5958, with the ECPrivateKey of RFC 5915).
static const uint8_t before_private[] = {0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
                                         0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                         0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20};
static const uint8_t before_public[] = {0xa1, 0x44, 0x03, 0x42, 0x00};

enum {
	PRIVATE_AT = sizeof(before_private),
	BETWEEN_AT = PRIVATE_AT + 32,
	PUBLIC_AT = BETWEEN_AT + sizeof(before_public),
	KEY_SIZE = PUBLIC_AT + POINT,
};

static int export_key(mbedtls_svc_key_id_t id, uint8_t *at)
{
	size_t written;
	int result = psa_export_key(id, at + PRIVATE_AT, 32, &written);

	if (result)
		return result;
	memcpy(at, before_private, sizeof(before_private));
	memcpy(at + BETWEEN_AT, before_public, sizeof(before_public));
	return psa_export_public_key(id, at + PUBLIC_AT, POINT, &written);
}

xstls_error xstls_make_key(xstls_output *output)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id = MBEDTLS_SVC_KEY_ID_INIT;
	int result;

	output->length = 0;
	if (output->size < KEY_SIZE)
		return TLS_E_ARGUMENT;
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
	result = psa_generate_key(&attributes, &id);
	if (result == 0)
		result = export_key(id, output->data);
	psa_destroy_key(id);
	if (result) {
		mbedtls_platform_zeroize(output->data, KEY_SIZE);
		return result == PSA_ERROR_INSUFFICIENT_MEMORY ? TLS_E_MEMORY : TLS_E_RANDOM;
	}
	output->length = KEY_SIZE;
	return TLS_E_NONE;
}

static xstls_error open_key(mbedtls_pk_context *key, xstls_bytes der)
{
	int result = xstls_port_parse_key(key, der.data, der.length);

	if (result == 0)
		return TLS_E_NONE;
	return xstls_port_is_out_of_memory(result) ? TLS_E_MEMORY : TLS_E_KEY_INVALID;
}

// The first bytes of SHA-256 over the public key's bits.
static int key_identifier(const mbedtls_pk_context *key, uint8_t identifier[SHA_256])
{
	uint8_t buffer[POINT + 64];
	int length = mbedtls_pk_write_pubkey_der(key, buffer, sizeof(buffer));
	size_t written;

	if (length < POINT)
		return length < 0 ? length : PSA_ERROR_GENERIC_ERROR;
	return psa_hash_compute(PSA_ALG_SHA_256, buffer + sizeof(buffer) - POINT, POINT, identifier, SHA_256, &written);
}

// `bytes` inside of an element `tag`, for an extension's value: its length from the end of `value`.
static int wrap(uint8_t value[EXTENSION], const uint8_t *bytes, size_t length, uint8_t tag)
{
	uint8_t *at = value + EXTENSION;
	int written = mbedtls_asn1_write_raw_buffer(&at, value, bytes, length);

	if (written >= 0)
		written = mbedtls_asn1_write_len(&at, value, length);
	if (written >= 0)
		written = mbedtls_asn1_write_tag(&at, value, tag);
	return written < 0 ? written : (int)(value + EXTENSION - at);
}

// AuthorityKeyIdentifier with its keyIdentifier [0] alone.
static int wrap_authority(uint8_t value[EXTENSION], const uint8_t *identifier)
{
	uint8_t inner[KEY_ID + 2] = {0x80, KEY_ID};

	memcpy(inner + 2, identifier, KEY_ID);
	return wrap(value, inner, sizeof(inner), MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
}

static int add_extension(mbedtls_x509write_cert *draft, const char *oid, size_t oid_length, const uint8_t *value,
                         int length)
{
	if (length < 0)
		return length;
	return mbedtls_x509write_crt_set_extension(draft, oid, oid_length, 0, value + EXTENSION - length, (size_t)length);
}

static int add_key_identifiers(mbedtls_x509write_cert *draft, const mbedtls_pk_context *subject,
                               const mbedtls_pk_context *issuer)
{
	uint8_t value[EXTENSION], identifier[SHA_256];
	int result = key_identifier(subject, identifier);

	if (result == 0)
		result = add_extension(draft, MBEDTLS_OID_SUBJECT_KEY_IDENTIFIER,
		                       MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_KEY_IDENTIFIER), value,
		                       wrap(value, identifier, KEY_ID, MBEDTLS_ASN1_OCTET_STRING));
	if (result == 0)
		result = key_identifier(issuer, identifier);
	if (result == 0)
		result = add_extension(draft, MBEDTLS_OID_AUTHORITY_KEY_IDENTIFIER,
		                       MBEDTLS_OID_SIZE(MBEDTLS_OID_AUTHORITY_KEY_IDENTIFIER), value,
		                       wrap_authority(value, identifier));
	return result;
}

// A leaf is for servers and clients (RFC 5280 §4.2.1.12). An authority has the usages of what it signs: servers alone.
static int add_purposes(mbedtls_x509write_cert *draft, bool is_authority)
{
	static const char server[] = MBEDTLS_OID_SERVER_AUTH, client[] = MBEDTLS_OID_CLIENT_AUTH;
	mbedtls_asn1_sequence second = {{MBEDTLS_ASN1_OID, sizeof(client) - 1, (uint8_t *)client}, NULL};
	mbedtls_asn1_sequence first = {{MBEDTLS_ASN1_OID, sizeof(server) - 1, (uint8_t *)server},
	                               is_authority ? NULL : &second};

	return mbedtls_x509write_crt_set_ext_key_usage(draft, &first);
}

static int add_usage(mbedtls_x509write_cert *draft, bool is_authority)
{
	int result = mbedtls_x509write_crt_set_basic_constraints(draft, is_authority, is_authority ? 0 : -1);

	if (result == 0)
		result = mbedtls_x509write_crt_set_key_usage(draft, is_authority ? MBEDTLS_X509_KU_KEY_CERT_SIGN
		                                                                 : MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
	if (result == 0)
		result = add_purposes(draft, is_authority);
	return result;
}

// RFC 5280 §4.2.1.10 wants name constraints to be critical. They are not, for mbedTLS does not know them and would
// refuse the certificate; browsers and OpenSSL obey them either way.
static int add_names(mbedtls_x509write_cert *draft, const xstls_certificate_terms *terms)
{
	const uint8_t sequence = MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE;
	uint8_t value[EXTENSION];
	int result = 0;

	if (terms->names.length)
		result = add_extension(draft, MBEDTLS_OID_SUBJECT_ALT_NAME, MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME),
		                       value, wrap(value, terms->names.data, terms->names.length, sequence));
	if (result == 0 && terms->constraints.length)
		result = add_extension(draft, MBEDTLS_OID_NAME_CONSTRAINTS, MBEDTLS_OID_SIZE(MBEDTLS_OID_NAME_CONSTRAINTS),
		                       value, wrap(value, terms->constraints.data, terms->constraints.length, sequence));
	return result;
}

static int add_serial(mbedtls_x509write_cert *draft)
{
	uint8_t serial[SERIAL];
	int result = psa_generate_random(serial, sizeof(serial));

	// Positive, and without a leading zero byte, which DER would drop.
	serial[0] = (uint8_t)((serial[0] & 0x7f) | 0x40);
	return result ? result : mbedtls_x509write_crt_set_serial_raw(draft, serial, sizeof(serial));
}

static int fill(mbedtls_x509write_cert *draft, const xstls_certificate_terms *terms, mbedtls_pk_context *subject,
                mbedtls_pk_context *issuer)
{
	int result;

	mbedtls_x509write_crt_set_version(draft, MBEDTLS_X509_CRT_VERSION_3);
	mbedtls_x509write_crt_set_md_alg(draft, MBEDTLS_MD_SHA256);
	mbedtls_x509write_crt_set_subject_key(draft, subject);
	mbedtls_x509write_crt_set_issuer_key(draft, issuer);
	result = add_serial(draft);
	if (result == 0)
		result = mbedtls_x509write_crt_set_subject_name(draft, terms->subject);
	if (result == 0)
		result = mbedtls_x509write_crt_set_issuer_name(draft, terms->issuer);
	if (result == 0)
		result = mbedtls_x509write_crt_set_validity(draft, terms->not_before, terms->not_after);
	if (result == 0)
		result = add_usage(draft, terms->is_authority);
	if (result == 0)
		result = add_names(draft, terms);
	if (result == 0)
		result = add_key_identifiers(draft, subject, issuer);
	return result;
}

xstls_error xstls_make_certificate(const xstls_certificate_terms *terms, xstls_output *output)
{
	mbedtls_x509write_cert draft;
	mbedtls_pk_context subject, issuer;
	xstls_error error;
	int result;

	output->length = 0;
	if (!xstls_port_start())
		return TLS_E_RANDOM;
	mbedtls_x509write_crt_init(&draft);
	mbedtls_pk_init(&subject);
	mbedtls_pk_init(&issuer);
	error = open_key(&subject, terms->subject_key);
	if (error == TLS_E_NONE)
		error = open_key(&issuer, terms->issuer_key);
	if (error == TLS_E_NONE) {
		result = fill(&draft, terms, &subject, &issuer);
		error = result ? error_of(result)
		               : finish(output, xstls_port_write_certificate(&draft, output->data, output->size));
	}
	mbedtls_pk_free(&issuer);
	mbedtls_pk_free(&subject);
	mbedtls_x509write_crt_free(&draft);
	return error;
}

static int fill_request(mbedtls_x509write_csr *draft, const char *subject, xstls_bytes names)
{
	uint8_t value[EXTENSION];
	int result = mbedtls_x509write_csr_set_subject_name(draft, subject);
	int length;

	if (result || names.length == 0)
		return result;
	length = wrap(value, names.data, names.length, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
	if (length < 0)
		return length;
	return mbedtls_x509write_csr_set_extension(draft, MBEDTLS_OID_SUBJECT_ALT_NAME,
	                                           MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME), 0,
	                                           value + EXTENSION - length, (size_t)length);
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
	error = open_key(&key, key_bytes);
	if (error == TLS_E_NONE) {
		mbedtls_x509write_csr_set_md_alg(&draft, MBEDTLS_MD_SHA256);
		mbedtls_x509write_csr_set_key(&draft, &key);
		result = fill_request(&draft, subject, names);
		error =
		    result ? error_of(result) : finish(output, xstls_port_write_request(&draft, output->data, output->size));
	}
	mbedtls_pk_free(&key);
	mbedtls_x509write_csr_free(&draft);
	return error;
}
