// Messages of the handshake in pieces (RFC 8446 §5.1). mbedTLS puts them together, but wants the message's header of
// four bytes whole, and goes on with what stands behind a message in its record though keys have changed since.

#ifndef TLS_PORT_PIECES_H
#define TLS_PORT_PIECES_H

#include <stdbool.h>
#include <stdint.h>

#include "mbedtls/ssl.h"

// A step has failed with `result`: whether that was for a piece of a header. Then it has been kept, and the next step
// goes on with the record that follows.
bool xstls_port_keep_piece(mbedtls_ssl_context *ssl, int result);
// mbedTLS asks for input: whether it has a header by now, which it cannot see. Then it must get nothing and be left.
bool xstls_port_has_header(const mbedtls_ssl_context *ssl);
// Outside of mbedTLS's calls: shows it the header, if there is one, and all that came with it.
void xstls_port_show_header(mbedtls_ssl_context *ssl);

// Over TLS 1.3, when a step has failed or mbedTLS asks for more of a message: whether the last record was one without
// content that may not be (RFC 8446 §5.4). mbedTLS has another alert for it, and none between the pieces of a message.
bool xstls_port_came_empty(const mbedtls_ssl_context *ssl);

// When a step has failed by a malformed record: whether mbedTLS has nothing of its content.
bool xstls_port_came_nothing(const mbedtls_ssl_context *ssl);
// The same: whether that was a change_cipher_spec of another value or length, for
// which mbedTLS has another alert (RFC 8446 §5).
bool xstls_port_came_bad_change_cipher_spec(const mbedtls_ssl_context *ssl);
// Whether the last record was a change_cipher_spec, that may have been encrypted, which mbedTLS passes over as well.
bool xstls_port_came_change_cipher_spec(const mbedtls_ssl_context *ssl);

// mbedTLS asks for another record: the description of the alert that the last one was, which it passes over;
// TLS_ALERT_NONE for none.
uint8_t xstls_port_passed_alert(const mbedtls_ssl_context *ssl);

// Whether a message, or a piece of one, stands behind the one that was read last.
bool xstls_port_has_more(const mbedtls_ssl_context *ssl);
// The keys by which input is decrypted, to be compared alone; NULL for none.
const void *xstls_port_input_keys(const mbedtls_ssl_context *ssl);

#endif
