// The fields that are read and written here have no accessor in either version.
#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-input.h"

#include <string.h>

#include "mbedtls/platform.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"

// ESP-IDF's own way to size buffers replaces functions of mbedTLS.
#if defined(MBEDTLS_SSL_VARIABLE_BUFFER_LENGTH) && defined(MBEDTLS_PLATFORM_MEMORY) &&                                 \
    !defined(CONFIG_MBEDTLS_DYNAMIC_BUFFER)

#if defined(MBEDTLS_PLATFORM_CALLOC_MACRO)

static void begin_shortening(size_t length)
{
	xstls_alloc_shorten(MBEDTLS_SSL_IN_CONTENT_LEN, length);
}

#else

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

static TaskHandle_t task;

// Wi-Fi and others are in mbedTLS too.
static void *library_calloc(size_t count, size_t size)
{
	return task && task == xTaskGetCurrentTaskHandle() ? xstls_library_calloc(count, size)
	                                                   : MBEDTLS_PLATFORM_STD_CALLOC(count, size);
}

static void begin_shortening(size_t length)
{
	task = xTaskGetCurrentTaskHandle();
	xstls_alloc_shorten(MBEDTLS_SSL_IN_CONTENT_LEN, length);
	mbedtls_platform_set_calloc_free(library_calloc, MBEDTLS_PLATFORM_STD_FREE);
}

#endif

enum {
	SEQUENCE_NUMBER = 8, // stands in the buffer before the first record
	NEXT_HEADER = 5,     // mbedTLS reads the next record behind one that is part of a message
	LEAST = 128,         // an alert, and a Finished
	MORE = 512,          // of a message in pieces, so that it is not moved for each of them
};

int xstls_port_set_up(mbedtls_ssl_context *ssl, const mbedtls_ssl_config *conf, size_t first)
{
	size_t length = SEQUENCE_NUMBER + (first < LEAST ? LEAST : first) + NEXT_HEADER;
	int result;

	begin_shortening(length);
	result = mbedtls_ssl_setup(ssl, conf);
	if (xstls_alloc_has_shortened(ssl->in_buf))
		ssl->in_buf_len = length;
	return result;
}

bool xstls_port_has_room(const mbedtls_ssl_context *ssl, size_t record)
{
	return record + NEXT_HEADER <= ssl->in_buf_len - (size_t)(ssl->in_hdr - ssl->in_buf);
}

static unsigned char *moved(const mbedtls_ssl_context *ssl, const unsigned char *at, unsigned char *to)
{
	return at ? to + (at - ssl->in_buf) : NULL;
}

static void move_to(mbedtls_ssl_context *ssl, unsigned char *buffer, size_t length)
{
	memcpy(buffer, ssl->in_buf, length < ssl->in_buf_len ? length : ssl->in_buf_len);
	ssl->in_ctr = moved(ssl, ssl->in_ctr, buffer);
	ssl->in_hdr = moved(ssl, ssl->in_hdr, buffer);
#if defined(MBEDTLS_SSL_DTLS_CONNECTION_ID)
	ssl->in_cid = moved(ssl, ssl->in_cid, buffer);
#endif
	ssl->in_len = moved(ssl, ssl->in_len, buffer);
	ssl->in_iv = moved(ssl, ssl->in_iv, buffer);
	ssl->in_msg = moved(ssl, ssl->in_msg, buffer);
	ssl->in_offt = moved(ssl, ssl->in_offt, buffer);
	mbedtls_platform_zeroize(ssl->in_buf, ssl->in_buf_len);
	mbedtls_free(ssl->in_buf);
	ssl->in_buf = buffer;
	ssl->in_buf_len = length;
}

int xstls_port_make_room(mbedtls_ssl_context *ssl, size_t record, size_t most)
{
	const size_t before = (size_t)(ssl->in_hdr - ssl->in_buf), longest = SEQUENCE_NUMBER + most + NEXT_HEADER;
	size_t length = before + record + NEXT_HEADER;
	unsigned char *buffer;

	if (length > longest)
		return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
	if (before > SEQUENCE_NUMBER)
		length = length + MORE < longest ? length + MORE : longest;
	buffer = mbedtls_calloc(1, length);
	if (!buffer)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	move_to(ssl, buffer, length);
	return 0;
}

// No message is on its way, and mbedTLS will not look at the last one again.
static bool is_done(const mbedtls_ssl_context *ssl)
{
	return ssl->in_left == 0 && ssl->in_hdr == ssl->in_buf + SEQUENCE_NUMBER && !ssl->in_offt &&
	       !ssl->keep_current_message && (ssl->in_hslen == 0 || ssl->in_hslen == ssl->in_msglen);
}

int xstls_port_release_room(mbedtls_ssl_context *ssl)
{
	const size_t length = SEQUENCE_NUMBER + LEAST + NEXT_HEADER;
	unsigned char *buffer;

	if (ssl->in_buf_len <= length || !is_done(ssl))
		return 0;
	buffer = mbedtls_calloc(1, length);
	if (!buffer)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	move_to(ssl, buffer, length);
	return 0;
}

#else

int xstls_port_set_up(mbedtls_ssl_context *ssl, const mbedtls_ssl_config *conf, size_t first)
{
	(void)first;
	return mbedtls_ssl_setup(ssl, conf);
}

// What encryption adds at least; mbedTLS's buffer has room for that.
bool xstls_port_has_room(const mbedtls_ssl_context *ssl, size_t record)
{
	enum { SEQUENCE_NUMBER = 8, HEADER = 5, EXPANSION = 16 };

	return record + (size_t)(ssl->in_hdr - ssl->in_buf) <=
	       SEQUENCE_NUMBER + HEADER + MBEDTLS_SSL_IN_CONTENT_LEN + EXPANSION;
}

int xstls_port_make_room(mbedtls_ssl_context *ssl, size_t record, size_t most)
{
	(void)ssl, (void)record, (void)most;
	return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
}

int xstls_port_release_room(mbedtls_ssl_context *ssl)
{
	(void)ssl;
	return 0;
}

#endif
