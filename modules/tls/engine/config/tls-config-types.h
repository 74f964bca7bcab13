// Types that the setters of a configuration share: roles, and how the peer's certificate is verified.

#ifndef TLS_CONFIG_TYPES_H
#define TLS_CONFIG_TYPES_H

typedef struct xstls_config xstls_config;

// Which end of a connection this is.
typedef enum {
	TLS_SERVER = 0,
	TLS_CLIENT = 1,
} xstls_role;

typedef enum {
	TLS_VERIFY_NONE = 0,     // the peer's certificate is not asked for (server) or not checked (client)
	TLS_VERIFY_OPTIONAL = 1, // asked for; a bad or missing one shows in the verify flags and does not end the session
	TLS_VERIFY_REQUIRED = 2, // the handshake fails without a verified certificate
} xstls_verify;

#endif
