// By labels of PEM (RFC 7468, and OpenSSL's) and the first tags of DER. Nothing is decoded: a file that looks right and
// is damaged inside is refused by its parser.

#include "tls-input.h"

#include <string.h>

static const struct {
	const char *label;
	xstls_input_kind kind;
} labels[] = {
    {"CERTIFICATE", TLS_INPUT_CERTIFICATE},
    {"PRIVATE KEY", TLS_INPUT_KEY},
    {"EC PRIVATE KEY", TLS_INPUT_KEY},
    {"RSA PRIVATE KEY", TLS_INPUT_KEY},
    {"ENCRYPTED PRIVATE KEY", TLS_INPUT_ENCRYPTED_KEY},
    {"OPENSSH PRIVATE KEY", TLS_INPUT_OPENSSH_KEY},
    {"PUBLIC KEY", TLS_INPUT_PUBLIC_KEY},
    {"RSA PUBLIC KEY", TLS_INPUT_PUBLIC_KEY},
    {"CERTIFICATE REQUEST", TLS_INPUT_REQUEST},
    {"NEW CERTIFICATE REQUEST", TLS_INPUT_REQUEST},
};

static const uint8_t *find(const uint8_t *at, const uint8_t *end, const char *text)
{
	size_t length = strlen(text);

	for (; (size_t)(end - at) >= length; at++)
		if (*at == (uint8_t)*text && memcmp(at, text, length) == 0)
			return at;
	return NULL;
}

static bool begins(const uint8_t *at, const uint8_t *end, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(end - at) >= length && memcmp(at, text, length) == 0;
}

// The kind of the block whose label begins at `*at`, which moves to where the next one may begin. So the time is
// linear, however many blocks are begun.
static xstls_input_kind block_kind(const uint8_t **at, const uint8_t *end)
{
	const uint8_t *label = *at;
	const uint8_t *label_end = find(label, end, "-----");
	const uint8_t *block_end;

	*at = label_end ? label_end : end;
	if (!label_end)
		return TLS_INPUT_CUT_OFF;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t length = strlen(labels[i].label);

		if ((size_t)(label_end - label) != length || memcmp(label, labels[i].label, length) != 0)
			continue;
		block_end = find(label_end, end, "-----END ");
		*at = block_end ? block_end : end;
		if (!block_end)
			return TLS_INPUT_CUT_OFF;
		// OpenSSL's encryption before PKCS #8.
		return find(label_end, block_end, "Proc-Type: 4,ENCRYPTED") ? TLS_INPUT_ENCRYPTED_KEY : labels[i].kind;
	}
	return TLS_INPUT_UNKNOWN;
}

static xstls_input_kind pem_kind(const uint8_t *at, const uint8_t *end, xstls_input_kind wanted)
{
	static const char mark[] = "-----BEGIN ";
	xstls_input_kind first = TLS_INPUT_UNKNOWN;

	for (at = find(at, end, mark); at; at = find(at, end, mark)) {
		xstls_input_kind kind;

		at += sizeof(mark) - 1;
		kind = block_kind(&at, end);
		if (kind == wanted)
			return kind;
		if (first == TLS_INPUT_UNKNOWN)
			first = kind;
	}
	return first;
}

// The element at `*at`: its content is what remains between the returned pointer and `*content_end`. NULL when it is
// no element or reaches beyond `end`.
static const uint8_t *open_element(const uint8_t *at, const uint8_t *end, uint8_t tag, const uint8_t **content_end)
{
	size_t length, bytes;

	if (end - at < 2 || *at++ != tag)
		return NULL;
	length = *at++;
	if (length & 0x80) {
		bytes = length & 0x7f;
		if (bytes < 1 || bytes > 3 || (size_t)(end - at) < bytes)
			return NULL;
		for (length = 0; bytes; bytes--)
			length = length << 8 | *at++;
	}
	if (length > (size_t)(end - at))
		return NULL;
	*content_end = at + length;
	return at;
}

enum { INTEGER = 0x02, BIT_STRING = 0x03, OCTET_STRING = 0x04, OID = 0x06, SEQUENCE = 0x30, SET = 0x31 };

static uint8_t tag_at(const uint8_t *at, const uint8_t *end)
{
	return at < end ? *at : 0;
}

// SEQUENCE { INTEGER, … }: PKCS #1, PKCS #8 and SEC 1 keys, PKCS #12.
static xstls_input_kind kind_after_integer(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *content_end;
	const uint8_t *number = open_element(at, end, INTEGER, &content_end);

	if (!number || content_end - number != 1)
		return TLS_INPUT_UNKNOWN;
	switch (*number << 8 | tag_at(content_end, end)) {
	case 0 << 8 | INTEGER:  // PKCS #1
	case 0 << 8 | SEQUENCE: // PKCS #8
	case 1 << 8 | SEQUENCE: // PKCS #8, version 2
	case 1 << 8 | OCTET_STRING:
		return TLS_INPUT_KEY;
	case 3 << 8 | SEQUENCE:
		return TLS_INPUT_PKCS12;
	default:
		return TLS_INPUT_UNKNOWN;
	}
}

// SEQUENCE { SEQUENCE { … }, … }: certificate, request, public key, encrypted key.
static xstls_input_kind kind_after_sequence(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *inner_end, *number_end, *next_end;
	const uint8_t *inner = open_element(at, end, SEQUENCE, &inner_end);
	const uint8_t *next;

	if (!inner)
		return TLS_INPUT_UNKNOWN;
	switch (tag_at(inner, inner_end)) {
	case OID:
		return tag_at(inner_end, end) == BIT_STRING ? TLS_INPUT_PUBLIC_KEY : TLS_INPUT_ENCRYPTED_KEY;
	case 0xa0:
		return TLS_INPUT_CERTIFICATE;
	case INTEGER: // a certificate of version 1 goes on with an algorithm, a request with a name
		if (!open_element(inner, inner_end, INTEGER, &number_end))
			return TLS_INPUT_UNKNOWN;
		next = open_element(number_end, inner_end, SEQUENCE, &next_end);
		return next && tag_at(next, next_end) == OID ? TLS_INPUT_CERTIFICATE : TLS_INPUT_REQUEST;
	default:
		return TLS_INPUT_UNKNOWN;
	}
}

static xstls_input_kind der_kind(const uint8_t *data, const uint8_t *end)
{
	const uint8_t *content_end;
	const uint8_t *content = open_element(data, end, SEQUENCE, &content_end);

	if (!content)
		return TLS_INPUT_CUT_OFF;
	switch (tag_at(content, content_end)) {
	case INTEGER:
		return kind_after_integer(content, content_end);
	case SEQUENCE:
		return kind_after_sequence(content, content_end);
	default:
		return TLS_INPUT_UNKNOWN;
	}
}

xstls_input xstls_input_identify(const uint8_t *data, size_t length, xstls_input_kind wanted)
{
	xstls_input input = {TLS_INPUT_EMPTY, false};

	if (length == 0)
		return input;
	if (*data == SEQUENCE) {
		input.kind = der_kind(data, data + length);
		return input;
	}
	input.kind = pem_kind(data, data + length, wanted);
	input.is_pem = input.kind != TLS_INPUT_UNKNOWN || begins(data, data + length, "-----BEGIN ");
	return input;
}
