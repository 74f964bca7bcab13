// The fields that are read and written here have no accessor in either version.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-handshake.h"

#include <string.h>

#include "tls-error.h"

uint8_t xstls_port_received_alert(const mbedtls_ssl_context *ssl)
{
	return ssl->in_msg ? ssl->in_msg[1] : TLS_ALERT_NONE;
}

uint8_t xstls_port_chosen_alert(const mbedtls_ssl_context *ssl)
{
	return ssl->alert_type ? ssl->alert_type : TLS_ALERT_NONE; // close_notify is not pended
}

static void write_with(mbedtls_ssl_context *ssl, mbedtls_ssl_transform *transform)
{
	ssl->transform_out = transform;
	memset(ssl->cur_out_ctr, 0, sizeof(ssl->cur_out_ctr));
}

// mbedTLS exports this function, and does not declare it in a public header.
int mbedtls_ssl_flush_output(mbedtls_ssl_context *ssl);

int xstls_port_change_server_keys(mbedtls_ssl_context *ssl)
{
	int result;

	if (!ssl->transform_application || ssl->transform_out == ssl->transform_application)
		return 0;
	result = mbedtls_ssl_flush_output(ssl);
	if (result == 0)
		write_with(ssl, ssl->transform_application);
	return result;
}

bool xstls_port_writes_application_data(const mbedtls_ssl_context *ssl)
{
	return ssl->transform_out && ssl->transform_out == ssl->transform_application;
}

void xstls_port_before_client_step(mbedtls_ssl_context *ssl)
{
	if (ssl->state == MBEDTLS_SSL_CLIENT_CCS_AFTER_SERVER_FINISHED)
		write_with(ssl, NULL);
}

void xstls_port_change_client_keys(mbedtls_ssl_context *ssl)
{
	if (mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3 && ssl->transform_in && !ssl->transform_out &&
	    ssl->state != MBEDTLS_SSL_CLIENT_CCS_AFTER_SERVER_FINISHED)
		write_with(ssl, ssl->transform_in);
}

bool xstls_port_is_at_certificate(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_SERVER_CERTIFICATE;
}

bool xstls_port_is_at_client_certificate(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_CLIENT_CERTIFICATE;
}

bool xstls_port_is_at_proof(const mbedtls_ssl_context *ssl)
{
	if (mbedtls_ssl_conf_get_endpoint(ssl->conf) == MBEDTLS_SSL_IS_CLIENT)
		return ssl->state == MBEDTLS_SSL_SERVER_FINISHED;
	// A server of TLS 1.2 goes on to the next state before it verifies.
	return ssl->state == MBEDTLS_SSL_CERTIFICATE_VERIFY || ssl->state == MBEDTLS_SSL_CLIENT_CHANGE_CIPHER_SPEC ||
	       ssl->state == MBEDTLS_SSL_CLIENT_FINISHED;
}

bool xstls_port_is_at_key_agreement(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_CLIENT_KEY_EXCHANGE;
}

bool xstls_port_is_at_server_key_exchange(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_SERVER_KEY_EXCHANGE;
}

// Of mbedTLS's names: TLS-PSK-WITH-..., TLS-ECDHE-PSK-WITH-...
static bool has_suite(const mbedtls_ssl_context *ssl, const char *part)
{
	const mbedtls_ssl_session *session = ssl->session_negotiate;

	return session && strstr(mbedtls_ssl_get_ciphersuite_name(session->ciphersuite), part);
}

enum { MESSAGE_HEADER = 4 };

const uint8_t *xstls_port_psk_key_exchange(const mbedtls_ssl_context *ssl, size_t *length)
{
	if (!has_suite(ssl, "PSK-WITH") || ssl->in_msg[0] != MBEDTLS_SSL_HS_SERVER_KEY_EXCHANGE ||
	    ssl->in_hslen < MESSAGE_HEADER)
		return NULL;
	*length = ssl->in_hslen - MESSAGE_HEADER;
	return ssl->in_msg + MESSAGE_HEADER;
}

bool xstls_port_needs_no_key_exchange(const mbedtls_ssl_context *ssl)
{
	return xstls_port_is_at_server_key_exchange(ssl) && has_suite(ssl, "TLS-PSK-WITH");
}

// mbedTLS exports this function, and does not declare it in a public header.
int mbedtls_ssl_write_handshake_msg_ext(mbedtls_ssl_context *ssl, int update_checksum, int force_flush);

int xstls_port_write_key_exchange(mbedtls_ssl_context *ssl, const uint8_t *content, size_t length)
{
	if (length + MESSAGE_HEADER > MBEDTLS_SSL_OUT_CONTENT_LEN)
		return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
	ssl->out_msgtype = MBEDTLS_SSL_MSG_HANDSHAKE;
	ssl->out_msg[0] = MBEDTLS_SSL_HS_SERVER_KEY_EXCHANGE;
	memcpy(ssl->out_msg + MESSAGE_HEADER, content, length);
	ssl->out_msglen = MESSAGE_HEADER + length;
	return mbedtls_ssl_write_handshake_msg_ext(ssl, 1, 1);
}

bool xstls_port_is_at_server_hello(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_SERVER_HELLO;
}

const uint8_t *xstls_port_read_message(const mbedtls_ssl_context *ssl, size_t *length)
{
	*length = ssl->in_hslen;
	return ssl->in_msg;
}

void xstls_port_put_in_message(mbedtls_ssl_context *ssl, size_t at, const uint8_t *bytes, size_t count)
{
	memcpy(ssl->in_msg + at, bytes, count);
}

bool xstls_port_is_at_client_hello(const mbedtls_ssl_context *ssl)
{
	return ssl->state == MBEDTLS_SSL_CLIENT_HELLO;
}

int xstls_port_negotiated_suite(const mbedtls_ssl_context *ssl)
{
	const mbedtls_ssl_session *session = ssl->session_negotiate ? ssl->session_negotiate : ssl->session;

	return session ? session->ciphersuite : 0;
}

// mbedTLS exports these functions, and does not declare them in a public header.
int mbedtls_ssl_add_hs_msg_to_checksum(mbedtls_ssl_context *ssl, unsigned type, const unsigned char *body,
                                       size_t length);
int mbedtls_ssl_write_record(mbedtls_ssl_context *ssl, int force_flush);

static int write_fragment(mbedtls_ssl_context *ssl, const uint8_t *before, size_t before_length, const uint8_t *data,
                          size_t length)
{
	ssl->out_msgtype = MBEDTLS_SSL_MSG_HANDSHAKE;
	ssl->out_msglen = before_length + length;
	if (before_length)
		memcpy(ssl->out_msg, before, before_length);
	memcpy(ssl->out_msg + before_length, data, length);
	return mbedtls_ssl_write_record(ssl, 1);
}

static int write_fragments(mbedtls_ssl_context *ssl, const uint8_t header[MESSAGE_HEADER], const uint8_t *body,
                           size_t length)
{
	size_t before = MESSAGE_HEADER;

	for (size_t at = 0; at < length;) {
		int most = mbedtls_ssl_get_max_out_record_payload(ssl), result;
		size_t room = most > MESSAGE_HEADER ? (size_t)most - before : 1;
		size_t count = length - at < room ? length - at : room;

		result = write_fragment(ssl, header, before, body + at, count);
		if (result)
			return result;
		before = 0;
		at += count;
	}
	return 0;
}

static int after_certificate(const mbedtls_ssl_context *ssl)
{
	bool is_1_3 = mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3;

	if (mbedtls_ssl_conf_get_endpoint(ssl->conf) == MBEDTLS_SSL_IS_CLIENT)
		return is_1_3 ? MBEDTLS_SSL_CLIENT_CERTIFICATE_VERIFY : MBEDTLS_SSL_CLIENT_KEY_EXCHANGE;
	return is_1_3 ? MBEDTLS_SSL_CERTIFICATE_VERIFY : MBEDTLS_SSL_SERVER_KEY_EXCHANGE;
}

int xstls_port_send_chain(mbedtls_ssl_context *ssl, const uint8_t *body, size_t length)
{
	const uint8_t header[MESSAGE_HEADER] = {
	    MBEDTLS_SSL_HS_CERTIFICATE,
	    (uint8_t)(length >> 16),
	    (uint8_t)(length >> 8),
	    (uint8_t)length,
	};
	int result = mbedtls_ssl_flush_output(ssl);

	if (result == 0)
		result = mbedtls_ssl_add_hs_msg_to_checksum(ssl, MBEDTLS_SSL_HS_CERTIFICATE, body, length);
	if (result == 0)
		result = write_fragments(ssl, header, body, length);
	if (result == 0)
		ssl->state = after_certificate(ssl);
	return result;
}

bool xstls_port_wants_ecdsa(const mbedtls_ssl_context *ssl)
{
	return has_suite(ssl, "-ECDSA-");
}

bool xstls_port_wants_certificate(const mbedtls_ssl_context *ssl)
{
	return !has_suite(ssl, "PSK-WITH");
}

int xstls_port_suite(const mbedtls_ssl_context *ssl)
{
	return ssl->session->ciphersuite;
}

static uint64_t read_sequence(const unsigned char bytes[8])
{
	uint64_t number = 0;

	for (int i = 0; i < 8; i++)
		number = number << 8 | bytes[i];
	return number;
}

uint64_t xstls_port_sequence_in(const mbedtls_ssl_context *ssl)
{
	return read_sequence(ssl->in_ctr);
}

uint64_t xstls_port_sequence_out(const mbedtls_ssl_context *ssl)
{
	return read_sequence(ssl->cur_out_ctr);
}
