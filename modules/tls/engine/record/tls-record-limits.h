// How many bytes of plaintext a record may have (rows A1, E5).

#ifndef TLS_RECORD_LIMITS_H
#define TLS_RECORD_LIMITS_H

#include "mbedtls/ssl.h"

enum {
	TLS_RECORD_LEAST = 512,     // the lowest that either limit of a configuration can be set to
	TLS_RECORD_MOST = 16384,    // RFC 8446 §5.1
	TLS_RECORD_EXPANSION = 256, // what encryption may add to a record (RFC 8446 §5.2)
	// A longer one begins only with memory for it and a handshake, unless it is the only one of its kind.
	TLS_RECORD_SHORT = 2048 + TLS_RECORD_EXPANSION,
	// The longest handshake message that a client reads and that a server sends: Certificate with a chain of 16 kB,
	// where mbedTLS is built for records of that length.
	TLS_MESSAGE_MOST_READ = MBEDTLS_SSL_IN_CONTENT_LEN < TLS_RECORD_MOST ? MBEDTLS_SSL_IN_CONTENT_LEN : 17408,
	TLS_MESSAGE_MOST_SENT = MBEDTLS_SSL_IN_CONTENT_LEN < TLS_RECORD_MOST ? MBEDTLS_SSL_OUT_CONTENT_LEN : 17408,
	// The longest record of a handshake together with what is there of the message that it continues, header and
	// expansion included: by whom it is sent.
	TLS_RECORD_MOST_OF_SERVER = TLS_MESSAGE_MOST_READ + 5 + TLS_RECORD_EXPANSION,
	TLS_RECORD_MOST_OF_CLIENT =
	    (MBEDTLS_SSL_IN_CONTENT_LEN < 9216 ? MBEDTLS_SSL_IN_CONTENT_LEN : 9216) + 5 + TLS_RECORD_EXPANSION,
	// By how much a server's client may exceed its ClientHello when it is not asked for a certificate.
	TLS_RECORD_MOST_AFTER_HELLO = 1024,
	// Records of change_cipher_spec in a handshake. TLS 1.3 has use for one, at most two after a HelloRetryRequest.
	TLS_CHANGE_CIPHER_SPECS_MOST = 32,
	// Alerts that end nothing, in a handshake.
	TLS_PASSED_ALERTS_MOST = 32,
	// The longest record that mbedTLS has room to make.
	TLS_RECORD_MOST_SENT =
	    MBEDTLS_SSL_OUT_CONTENT_LEN < TLS_RECORD_MOST ? MBEDTLS_SSL_OUT_CONTENT_LEN : TLS_RECORD_MOST,
};

#endif
