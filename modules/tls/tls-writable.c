// How much plaintext fits into a given room of ciphertext (row E7).

#include "tls-config-private.h"
#include "tls-engine-private.h"

// TLS 1.3 pads what it encrypts, the inner type included, to a multiple of this.
enum { PADDING_UNIT = MBEDTLS_SSL_CID_TLS1_3_PADDING_GRANULARITY };

// How the length of a record follows from that of its plaintext: `fixed` bytes, and the plaintext with its inner type
// rounded up to a multiple of `unit`.
typedef struct {
	size_t fixed;
	size_t unit;
	size_t inner_type;
	size_t payload; // most plaintext in one record
} record_shape;

static bool get_record_shape(const tls_session *s, record_shape *shape)
{
	bool is_padded = mbedtls_ssl_get_version_number(&s->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
	// mbedTLS counts one whole unit of padding as expansion.
	int expansion = mbedtls_ssl_get_record_expansion(&s->ssl) - (is_padded ? PADDING_UNIT : 0);
	int payload = mbedtls_ssl_get_max_out_record_payload(&s->ssl);

	if (expansion < 0 || payload <= 0)
		return false;
	if (payload > s->config->transmit)
		payload = s->config->transmit;
	*shape = (record_shape){
	    .fixed = (size_t)expansion,
	    .unit = is_padded ? PADDING_UNIT : 1,
	    .inner_type = is_padded,
	    .payload = (size_t)payload,
	};
	return true;
}

static size_t round_down(size_t value, size_t unit)
{
	return value - value % unit;
}

size_t tls_session_writable(const tls_session *s, size_t room)
{
	record_shape shape;
	size_t whole, records, rest;

	if (!tls_session_can_write(s) || !get_record_shape(s, &shape))
		return 0;
	whole = shape.fixed + round_down(shape.payload + shape.inner_type + shape.unit - 1, shape.unit);
	records = room / whole;
	rest = room % whole;
	rest = rest > shape.fixed ? round_down(rest - shape.fixed, shape.unit) : 0;
	return records * shape.payload + (rest > shape.inner_type ? rest - shape.inner_type : 0);
}
