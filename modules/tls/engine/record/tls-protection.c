#include "tls-protection.h"

#include <string.h>

enum {
	SALT = 4,           // bytes of a nonce that are derived, where the record has the others
	EXPLICIT_NONCE = 8, // the others
	SEQUENCE = 8,
	TYPE = 1,
	MOST_AAD = SEQUENCE + TLS_RECORD_HEADER,
};

static bool is_1_3(const xstls_protection *p)
{
	return p->version == TLS_1_3;
}

static bool has_explicit_nonce(const xstls_suite *suite, uint16_t version)
{
	return version != TLS_1_3 && suite->key_type == PSA_KEY_TYPE_AES;
}

size_t xstls_protection_iv_length(const xstls_suite *suite, uint16_t version)
{
	return has_explicit_nonce(suite, version) ? SALT : TLS_NONCE;
}

bool xstls_protection_set_key(xstls_protection *p, psa_key_usage_t usage, const uint8_t *key, const uint8_t *iv)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	mbedtls_svc_key_id_t id;

	psa_set_key_usage_flags(&attributes, usage);
	psa_set_key_algorithm(&attributes, p->suite->aead);
	psa_set_key_type(&attributes, p->suite->key_type);
	if (psa_import_key(&attributes, key, p->suite->key_length, &id) != PSA_SUCCESS)
		return false;
	xstls_protection_clear(p);
	p->key = id;
	memcpy(p->iv, iv, xstls_protection_iv_length(p->suite, p->version));
	p->sequence = 0;
	return true;
}

void xstls_protection_clear(xstls_protection *p)
{
	psa_destroy_key(p->key); // none is no error
	p->key = MBEDTLS_SVC_KEY_ID_INIT;
}

static size_t explicit_length(const xstls_protection *p)
{
	return has_explicit_nonce(p->suite, p->version) ? EXPLICIT_NONCE : 0;
}

size_t xstls_protection_expansion(const xstls_protection *p)
{
	return TLS_RECORD_HEADER + explicit_length(p) + (is_1_3(p) ? TYPE : 0) + p->suite->tag_length;
}

size_t xstls_protection_capacity(const xstls_protection *p, size_t length)
{
	const size_t least = xstls_protection_expansion(p) - TLS_RECORD_HEADER;

	return length > least ? length - least : 0;
}

static void put_sequence(const xstls_protection *p, uint8_t out[SEQUENCE])
{
	for (int i = 0; i < SEQUENCE; i++)
		out[i] = (uint8_t)(p->sequence >> 8 * (SEQUENCE - 1 - i));
}

// `explicit` is the part of it that a TLS 1.2 record may have.
static void make_nonce(const xstls_protection *p, const uint8_t *explicit, uint8_t nonce[TLS_NONCE])
{
	memcpy(nonce, p->iv, TLS_NONCE);
	if (explicit_length(p)) {
		memcpy(nonce + SALT, explicit, EXPLICIT_NONCE);
		return;
	}
	for (int i = 0; i < SEQUENCE; i++)
		nonce[TLS_NONCE - SEQUENCE + i] ^= (uint8_t)(p->sequence >> 8 * (SEQUENCE - 1 - i));
}

static void put_header(uint8_t type, size_t length, uint8_t header[TLS_RECORD_HEADER])
{
	header[0] = type;
	header[1] = TLS_1_2 >> 8; // over TLS 1.3 too
	header[2] = TLS_1_2 & 0xff;
	header[3] = (uint8_t)(length >> 8);
	header[4] = (uint8_t)length;
}

// The AEAD's additional data: TLS 1.3's is the header of the record, TLS 1.2's has the plaintext's length in it.
static size_t make_aad(const xstls_protection *p, uint8_t type, size_t body, size_t plaintext, uint8_t aad[MOST_AAD])
{
	if (is_1_3(p)) {
		put_header(TLS_APPLICATION_DATA, body, aad);
		return TLS_RECORD_HEADER;
	}
	put_sequence(p, aad);
	put_header(type, plaintext, aad + SEQUENCE);
	return MOST_AAD;
}

psa_status_t xstls_protection_seal(xstls_protection *p, uint8_t type, const uint8_t *plaintext, size_t length,
                                   uint8_t *record)
{
	const size_t body = xstls_protection_expansion(p) - TLS_RECORD_HEADER + length;
	uint8_t *explicit = record + TLS_RECORD_HEADER, *text = explicit + explicit_length(p);
	uint8_t aad[MOST_AAD], nonce[TLS_NONCE];
	size_t aad_length = make_aad(p, type, body, length, aad), inner = length, sealed;
	psa_status_t status;

	put_header(is_1_3(p) ? TLS_APPLICATION_DATA : type, body, record);
	if (explicit_length(p))
		put_sequence(p, explicit);
	make_nonce(p, explicit, nonce);
	if (length)
		memcpy(text, plaintext, length);
	if (is_1_3(p))
		text[inner++] = type;
	status = psa_aead_encrypt(p->key, p->suite->aead, nonce, TLS_NONCE, aad, aad_length, text, inner, text,
	                          inner + p->suite->tag_length, &sealed);
	if (status == PSA_SUCCESS)
		p->sequence++;
	return status;
}

// TLS 1.3's plaintext ends with its content type and zeros (RFC 8446 §5.4). Without a type it is 0.
static void strip_padding(xstls_opened *opened)
{
	while (opened->length && opened->data[opened->length - 1] == 0)
		opened->length--;
	opened->type = opened->length ? opened->data[--opened->length] : 0;
}

psa_status_t xstls_protection_open(xstls_protection *p, uint8_t type, uint8_t *body, size_t length,
                                   xstls_opened *opened)
{
	const size_t before = explicit_length(p), overhead = before + p->suite->tag_length;
	uint8_t aad[MOST_AAD], nonce[TLS_NONCE];
	size_t aad_length;
	psa_status_t status;

	if (length < overhead)
		return PSA_ERROR_INVALID_SIGNATURE;
	aad_length = make_aad(p, type, length, length - overhead, aad);
	make_nonce(p, body, nonce);
	*opened = (xstls_opened){.type = type, .data = body + before};
	status = psa_aead_decrypt(p->key, p->suite->aead, nonce, TLS_NONCE, aad, aad_length, body + before, length - before,
	                          body + before, length - overhead, &opened->length);
	if (status != PSA_SUCCESS)
		return status;
	p->sequence++;
	if (is_1_3(p))
		strip_padding(opened);
	return PSA_SUCCESS;
}

psa_status_t xstls_protection_close_again(xstls_protection *p, uint8_t *body, size_t length)
{
	uint8_t aad[MOST_AAD], nonce[TLS_NONCE];
	const size_t text = length - p->suite->tag_length,
	             aad_length = make_aad(p, TLS_APPLICATION_DATA, length, text, aad);
	size_t sealed;

	p->sequence--;
	make_nonce(p, body, nonce);
	return psa_aead_encrypt(p->key, p->suite->aead, nonce, TLS_NONCE, aad, aad_length, body, text, body, length,
	                        &sealed);
}
