// mbedTLS appends each record to the pieces that it has until there are in_hslen bytes of them, which it takes from the
// header in the first one. Where that is no whole header, it is told a length that no message has, and stopped as soon
// as there are four bytes. They and what follows them are then given to it as if they stood behind a message of one
// byte in its record, where it does look for a header.

// The fields that are read and written here have no accessor in either version.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-pieces.h"

#include <string.h>

#include "mbedtls/version.h"

#include "port/tls-error.h"

enum {
	MESSAGE_HEADER = 4,
	RECORD_HEADER = 5,
	SEQUENCE_NUMBER = 8,                       // stands in the buffer before the first record
	NO_LENGTH = MESSAGE_HEADER + 0xFFFFFF + 1, // one more than that of the longest message
};

// Bytes of the pieces that are there. Below 3.6.3 mbedTLS puts nothing together, and in_hslen is no such count.
#if MBEDTLS_VERSION_NUMBER < 0x03060300
#define CAN_KEEP false
#define PIECES in_hslen
#elif MBEDTLS_VERSION_NUMBER < 0x04000000
#define CAN_KEEP true
#define PIECES badmac_seen_or_in_hsfraglen
#else
#define CAN_KEEP true
#define PIECES in_hsfraglen
#endif

static unsigned char *start(const mbedtls_ssl_context *ssl)
{
	return ssl->in_buf + SEQUENCE_NUMBER + RECORD_HEADER;
}

// mbedTLS exports this function, and does not declare it in a public header.
void mbedtls_ssl_update_in_pointers(mbedtls_ssl_context *ssl);

static void point_to_record(mbedtls_ssl_context *ssl, unsigned char *record)
{
	ssl->in_hdr = record;
	mbedtls_ssl_update_in_pointers(ssl);
}

bool xstls_port_keep_piece(mbedtls_ssl_context *ssl, int result)
{
	const size_t length = ssl->in_msglen;

	if (!CAN_KEEP || result != MBEDTLS_ERR_SSL_INVALID_RECORD || ssl->in_msgtype != MBEDTLS_SSL_MSG_HANDSHAKE ||
	    ssl->in_hslen || ssl->PIECES || length == 0 || length >= MESSAGE_HEADER)
		return false;
	memmove(start(ssl), ssl->in_msg, length);
	ssl->in_hslen = NO_LENGTH;
	ssl->in_msglen = 0;
	ssl->PIECES = (unsigned)length;
	point_to_record(ssl, start(ssl) + length);
	return true;
}

bool xstls_port_has_header(const mbedtls_ssl_context *ssl)
{
	return CAN_KEEP && ssl->in_hslen == NO_LENGTH && ssl->PIECES >= MESSAGE_HEADER;
}

void xstls_port_show_header(mbedtls_ssl_context *ssl)
{
	enum { BEFORE = 1 };

	if (!xstls_port_has_header(ssl))
		return;
	point_to_record(ssl, start(ssl) - RECORD_HEADER);
	// There is room: mbedTLS has it for the next record's header (tls-port-input.c).
	memmove(ssl->in_msg + BEFORE, ssl->in_msg, ssl->PIECES);
	ssl->in_hslen = BEFORE;
	ssl->in_msglen = BEFORE + ssl->PIECES;
	ssl->PIECES = 0;
}

bool xstls_port_came_empty(const mbedtls_ssl_context *ssl)
{
	return ssl->nb_zero && (ssl->in_msgtype == MBEDTLS_SSL_MSG_ALERT || ssl->in_msgtype == MBEDTLS_SSL_MSG_HANDSHAKE);
}

bool xstls_port_came_nothing(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msglen == 0;
}

bool xstls_port_came_bad_change_cipher_spec(const mbedtls_ssl_context *ssl)
{
	// What is left of an earlier one has no length.
	return xstls_port_came_change_cipher_spec(ssl) && ssl->in_msglen;
}

bool xstls_port_came_change_cipher_spec(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msgtype == MBEDTLS_SSL_MSG_CHANGE_CIPHER_SPEC;
}

uint8_t xstls_port_passed_alert(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msgtype == MBEDTLS_SSL_MSG_ALERT ? ssl->in_msg[1] : TLS_ALERT_NONE;
}

bool xstls_port_has_more(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msgtype == MBEDTLS_SSL_MSG_HANDSHAKE &&
	       ((CAN_KEEP && ssl->PIECES) || (ssl->in_hslen && ssl->in_hslen < ssl->in_msglen));
}

const void *xstls_port_input_keys(const mbedtls_ssl_context *ssl)
{
	return ssl->transform_in;
}
