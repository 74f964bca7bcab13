// Stable error codes of the engine. `error.ts` carries the same names in the same order (a unit test compares them).

#ifndef TLS_ERROR_H
#define TLS_ERROR_H

#include <stdbool.h>
#include <stdint.h>

// The order is the number: append only.
#define TLS_ERRORS(X)                                                                                                  \
	X(NONE)                                                                                                            \
	X(MEMORY)                                                                                                          \
	X(ARGUMENT)                                                                                                        \
	X(STATE)                                                                                                           \
	X(RANDOM)                                                                                                          \
	X(CERTIFICATE_INVALID)                                                                                             \
	X(KEY_INVALID)                                                                                                     \
	X(KEY_MISMATCH)                                                                                                    \
	X(CA_INVALID)                                                                                                      \
	X(NOT_TLS)                                                                                                         \
	X(UNEXPECTED_MESSAGE)                                                                                              \
	X(BAD_RECORD_MAC)                                                                                                  \
	X(RECORD_OVERFLOW)                                                                                                 \
	X(DECODE_ERROR)                                                                                                    \
	X(ILLEGAL_PARAMETER)                                                                                               \
	X(HANDSHAKE_FAILURE)                                                                                               \
	X(PROTOCOL_VERSION)                                                                                                \
	X(NO_APPLICATION_PROTOCOL)                                                                                         \
	X(UNRECOGNIZED_NAME)                                                                                               \
	X(DECRYPT_ERROR)                                                                                                   \
	X(CERTIFICATE_REQUIRED)                                                                                            \
	X(CERTIFICATE_UNTRUSTED)                                                                                           \
	X(CERTIFICATE_EXPIRED)                                                                                             \
	X(CERTIFICATE_NOT_YET_VALID)                                                                                       \
	X(CERTIFICATE_REVOKED)                                                                                             \
	X(CERTIFICATE_NAME)                                                                                                \
	X(CERTIFICATE_USAGE)                                                                                               \
	X(CERTIFICATE_WEAK)                                                                                                \
	X(UNKNOWN_PSK_IDENTITY)                                                                                            \
	X(ALERT_RECEIVED)                                                                                                  \
	X(TRUNCATED)                                                                                                       \
	X(TIMEOUT)                                                                                                         \
	X(BUSY)                                                                                                            \
	X(INTERNAL)                                                                                                        \
	X(CERTIFICATE_NOT_PINNED)                                                                                          \
	X(CONNECT_FAILED)                                                                                                  \
	X(KEY_NOT_FOUND)                                                                                                   \
	X(KEY_NOT_USABLE)                                                                                                  \
	X(KNOWN_SAMPLE)                                                                                                    \
	X(CERTIFICATE_MALFORMED)                                                                                           \
	X(CERTIFICATE_TOO_LONG)

typedef enum {
#define TLS_ERROR_NAME(name) TLS_E_##name,
	TLS_ERRORS(TLS_ERROR_NAME)
#undef TLS_ERROR_NAME
} xstls_error;

// TLS alert descriptions (RFC 8446 §6); only those that the engine itself names.
enum {
	TLS_ALERT_CLOSE_NOTIFY = 0,
	TLS_ALERT_UNEXPECTED_MESSAGE = 10,
	TLS_ALERT_BAD_RECORD_MAC = 20,
	TLS_ALERT_RECORD_OVERFLOW = 22,
	TLS_ALERT_HANDSHAKE_FAILURE = 40,
	TLS_ALERT_BAD_CERTIFICATE = 42,
	TLS_ALERT_UNSUPPORTED_CERTIFICATE = 43,
	TLS_ALERT_CERTIFICATE_REVOKED = 44,
	TLS_ALERT_CERTIFICATE_EXPIRED = 45,
	TLS_ALERT_CERTIFICATE_UNKNOWN = 46,
	TLS_ALERT_ILLEGAL_PARAMETER = 47,
	TLS_ALERT_UNKNOWN_CA = 48,
	TLS_ALERT_ACCESS_DENIED = 49,
	TLS_ALERT_DECODE_ERROR = 50,
	TLS_ALERT_DECRYPT_ERROR = 51,
	TLS_ALERT_PROTOCOL_VERSION = 70,
	TLS_ALERT_INTERNAL_ERROR = 80,
	TLS_ALERT_USER_CANCELED = 90,
	TLS_ALERT_UNSUPPORTED_EXTENSION = 110,
	TLS_ALERT_UNRECOGNIZED_NAME = 112,
	TLS_ALERT_UNKNOWN_PSK_IDENTITY = 115,
	TLS_ALERT_CERTIFICATE_REQUIRED = 116,
	TLS_ALERT_NO_APPLICATION_PROTOCOL = 120,
	TLS_ALERT_NONE = 255,
};

// Why a session ended (row B15).
typedef struct {
	xstls_error code;
	uint8_t alert;         // description sent or received, TLS_ALERT_NONE when there was none
	bool alert_received;   // the peer sent it
	int library;           // the mbedTLS or PSA error, 0 when there was none
	uint32_t verify_flags; // MBEDTLS_X509_BADCERT_*, 0 when the chain was not the reason
} xstls_failure;

#endif
