// Key identifiers are the first 160 bits of SHA-256 over the public key (RFC 7093 §2, method 1): mbedTLS's own writers
// want SHA-1, which some devices leave out.

#include "tls-make-certificate.h"

#include <string.h>

#include "mbedtls/asn1write.h"
#include "mbedtls/oid.h"
#include "psa/crypto.h"

#include "port/tls-port-crypto.h"
#include "tls-make-der.h"
#include "tls-port-issue.h"

enum {
	SERIAL = 16, // bytes; RFC 5280 §4.1.2.2 allows 20
	KEY_ID = 20, // bytes
	POINT = 65,  // bytes of a P-256 public key, uncompressed
	SHA_256 = 32 // bytes
};

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

// AuthorityKeyIdentifier with its keyIdentifier [0] alone.
static int wrap_authority(uint8_t value[TLS_MAKE_EXTENSION], const uint8_t *identifier)
{
	uint8_t inner[KEY_ID + 2] = {0x80, KEY_ID};

	memcpy(inner + 2, identifier, KEY_ID);
	return xstls_make_element(value, inner, sizeof(inner), MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE);
}

static int add_extension(mbedtls_x509write_cert *draft, const char *oid, size_t oid_length, const uint8_t *value,
                         int length)
{
	if (length < 0)
		return length;
	return mbedtls_x509write_crt_set_extension(draft, oid, oid_length, 0, value + TLS_MAKE_EXTENSION - length,
	                                           (size_t)length);
}

static int add_key_identifiers(mbedtls_x509write_cert *draft, const mbedtls_pk_context *subject,
                               const mbedtls_pk_context *issuer)
{
	uint8_t value[TLS_MAKE_EXTENSION], identifier[SHA_256];
	int result = key_identifier(subject, identifier);

	if (result == 0)
		result = add_extension(draft, MBEDTLS_OID_SUBJECT_KEY_IDENTIFIER,
		                       MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_KEY_IDENTIFIER), value,
		                       xstls_make_element(value, identifier, KEY_ID, MBEDTLS_ASN1_OCTET_STRING));
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
	uint8_t value[TLS_MAKE_EXTENSION];
	int result = 0;

	if (terms->names.length)
		result = add_extension(draft, MBEDTLS_OID_SUBJECT_ALT_NAME, MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME),
		                       value, xstls_make_element(value, terms->names.data, terms->names.length, sequence));
	if (result == 0 && terms->constraints.length)
		result =
		    add_extension(draft, MBEDTLS_OID_NAME_CONSTRAINTS, MBEDTLS_OID_SIZE(MBEDTLS_OID_NAME_CONSTRAINTS), value,
		                  xstls_make_element(value, terms->constraints.data, terms->constraints.length, sequence));
	return result;
}

// What proves to an ACME server whose the name is, over tls-alpn-01: a critical extension with an OCTET STRING.
static int add_challenge(mbedtls_x509write_cert *draft, xstls_bytes challenge)
{
	static const char identifier[] = "\x2b\x06\x01\x05\x05\x07\x01\x1f"; // id-pe-acmeIdentifier
	uint8_t value[TLS_MAKE_EXTENSION];
	int length;

	if (challenge.length == 0)
		return 0;
	length = xstls_make_element(value, challenge.data, challenge.length, MBEDTLS_ASN1_OCTET_STRING);
	if (length < 0)
		return length;
	return mbedtls_x509write_crt_set_extension(draft, identifier, sizeof(identifier) - 1, 1,
	                                           value + TLS_MAKE_EXTENSION - length, (size_t)length);
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
		result = add_challenge(draft, terms->challenge);
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
	error = xstls_make_open_key(&subject, terms->subject_key);
	if (error == TLS_E_NONE)
		error = xstls_make_open_key(&issuer, terms->issuer_key);
	if (error == TLS_E_NONE) {
		result = fill(&draft, terms, &subject, &issuer);
		error = result ? xstls_make_error(result)
		               : xstls_make_finish(output, xstls_port_write_certificate(&draft, output->data, output->size));
	}
	mbedtls_pk_free(&issuer);
	mbedtls_pk_free(&subject);
	mbedtls_x509write_crt_free(&draft);
	return error;
}
