// The fields that are read here have no accessor in either version.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-message.h"

enum { MESSAGE_HEADER = 4 };

static uint8_t next_of_server(int state)
{
	switch (state) {
	case MBEDTLS_SSL_CLIENT_HELLO:
		return MBEDTLS_SSL_HS_CLIENT_HELLO;
	case MBEDTLS_SSL_CLIENT_KEY_EXCHANGE:
		return MBEDTLS_SSL_HS_CLIENT_KEY_EXCHANGE;
	case MBEDTLS_SSL_CLIENT_CERTIFICATE_VERIFY:
		return MBEDTLS_SSL_HS_CERTIFICATE_VERIFY;
	default:
		return 0;
	}
}

static uint8_t next_of_client(int state)
{
	switch (state) {
	case MBEDTLS_SSL_SERVER_HELLO:
		return MBEDTLS_SSL_HS_SERVER_HELLO;
	case MBEDTLS_SSL_ENCRYPTED_EXTENSIONS:
		return MBEDTLS_SSL_HS_ENCRYPTED_EXTENSIONS;
	case MBEDTLS_SSL_CERTIFICATE_REQUEST:
		return MBEDTLS_SSL_HS_CERTIFICATE_REQUEST;
	case MBEDTLS_SSL_SERVER_CERTIFICATE:
		return MBEDTLS_SSL_HS_CERTIFICATE;
	case MBEDTLS_SSL_CERTIFICATE_VERIFY:
		return MBEDTLS_SSL_HS_CERTIFICATE_VERIFY;
	default:
		return 0;
	}
}

uint8_t xstls_port_next_message(const mbedtls_ssl_context *ssl)
{
	return mbedtls_ssl_conf_get_endpoint(ssl->conf) == MBEDTLS_SSL_IS_CLIENT ? next_of_client(ssl->state)
	                                                                         : next_of_server(ssl->state);
}

// mbedTLS exports these functions, and does not declare them in a public header.
int mbedtls_ssl_flush_output(mbedtls_ssl_context *ssl);
int mbedtls_ssl_read_record(mbedtls_ssl_context *ssl, unsigned update_checksum);

int xstls_port_fetch_message(mbedtls_ssl_context *ssl)
{
	int result = mbedtls_ssl_flush_output(ssl);

	if (result == 0)
		result = mbedtls_ssl_read_record(ssl, 0);
	if (result == 0)
		ssl->keep_current_message = 1;
	return result;
}

const uint8_t *xstls_port_message(const mbedtls_ssl_context *ssl, uint8_t type, size_t *length)
{
	if (ssl->in_msgtype != MBEDTLS_SSL_MSG_HANDSHAKE || ssl->in_hslen < MESSAGE_HEADER || ssl->in_msg[0] != type)
		return NULL;
	*length = ssl->in_hslen - MESSAGE_HEADER;
	return ssl->in_msg + MESSAGE_HEADER;
}

int xstls_port_agreed_suite(const mbedtls_ssl_context *ssl)
{
	return ssl->session_negotiate ? ssl->session_negotiate->ciphersuite : 0;
}

const mbedtls_x509_crt *xstls_port_peer_certificate(const mbedtls_ssl_context *ssl)
{
	return ssl->session_negotiate ? ssl->session_negotiate->peer_cert : NULL;
}

const uint8_t *xstls_port_session_id(const mbedtls_ssl_context *ssl, size_t *length)
{
	*length = ssl->session_negotiate->id_len;
	return ssl->session_negotiate->id;
}

// mbedTLS exports these functions, and does not declare them in a public header.
int mbedtls_ssl_reset_checksum(mbedtls_ssl_context *ssl);
int mbedtls_ssl_add_hs_msg_to_checksum(mbedtls_ssl_context *ssl, unsigned type, unsigned char const *message,
                                       size_t length);
int mbedtls_ssl_get_handshake_transcript(mbedtls_ssl_context *ssl, const mbedtls_md_type_t hash, unsigned char *into,
                                         size_t room, size_t *length);

int xstls_port_add_to_transcript(mbedtls_ssl_context *ssl, const uint8_t *message, size_t length)
{
	return mbedtls_ssl_add_hs_msg_to_checksum(ssl, message[0], message + MESSAGE_HEADER, length - MESSAGE_HEADER);
}

int xstls_port_begin_transcript(mbedtls_ssl_context *ssl, const uint8_t *message, size_t length)
{
	int result = mbedtls_ssl_reset_checksum(ssl);

	return result ? result : xstls_port_add_to_transcript(ssl, message, length);
}

int xstls_port_transcript(mbedtls_ssl_context *ssl, psa_algorithm_t hash, uint8_t *into, size_t room, size_t *length)
{
	return mbedtls_ssl_get_handshake_transcript(ssl, hash == PSA_ALG_SHA_384 ? MBEDTLS_MD_SHA384 : MBEDTLS_MD_SHA256,
	                                            into, room, length);
}
