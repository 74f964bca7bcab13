// mbedTLS's input buffer. mbedtls_ssl_setup makes it as long as the longest record of a handshake, which is rarely
// sent; here it is made as long as what comes first, and grows between two calls of mbedTLS, before a longer record is
// taken.
//
// mbedTLS keeps the buffer's length with the buffer, and checks all that it takes by it, when it is built with
// MBEDTLS_SSL_VARIABLE_BUFFER_LENGTH. Where it is not, the buffer stays as mbedTLS makes it.

#ifndef TLS_PORT_INPUT_H
#define TLS_PORT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "mbedtls/ssl.h"

// mbedtls_ssl_setup with room for a first record of `first` bytes, its header included.
int xstls_port_set_up(mbedtls_ssl_context *ssl, const mbedtls_ssl_config *conf, size_t first);
// Whether there is room for the next record, header included, behind what is there of its message.
bool xstls_port_has_room(const mbedtls_ssl_context *ssl, size_t record);
// Makes that room, in all for at most `most` bytes; outside of mbedTLS's calls. 0 or an mbedTLS error, BAD_INPUT_DATA
// when it would be more.
int xstls_port_make_room(mbedtls_ssl_context *ssl, size_t record, size_t most);
// Gives back what the next record will hardly need, after a message has been read. 0 or an mbedTLS error.
int xstls_port_release_room(mbedtls_ssl_context *ssl);

#endif
