// The words in which a configuration is described.

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
	TLS_VERIFY_REQUIRED = 2, // no verified certificate, no session
} xstls_verify;

#endif
