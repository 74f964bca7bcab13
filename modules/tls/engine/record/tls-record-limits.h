// How many bytes of plaintext a record may have (rows A1, E5).

#ifndef TLS_RECORD_LIMITS_H
#define TLS_RECORD_LIMITS_H

#include "mbedtls/ssl.h"

enum {
	TLS_RECORD_LEAST = 512,     // the lowest that either limit of a configuration can be set to
	TLS_RECORD_MOST = 16384,    // RFC 8446 §5.1
	TLS_RECORD_EXPANSION = 256, // what encryption may add to a record (RFC 8446 §5.2)
	// The longest record that mbedTLS has room to make.
	TLS_RECORD_MOST_SENT =
	    MBEDTLS_SSL_OUT_CONTENT_LEN < TLS_RECORD_MOST ? MBEDTLS_SSL_OUT_CONTENT_LEN : TLS_RECORD_MOST,
};

#endif
