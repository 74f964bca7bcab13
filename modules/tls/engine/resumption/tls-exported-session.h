// The form in which a client keeps a session outside of the engine (row Z7).

#ifndef TLS_EXPORTED_SESSION_H
#define TLS_EXPORTED_SESSION_H

#include <stdbool.h>

#include "mbedtls/ssl.h"

#include "tls-binding.h"

// What the session is bound to.
typedef struct {
	const uint8_t *binding; // TLS_BINDING bytes, the client's configuration
	const char *name;       // of the server, NULL for none
} xstls_exported_owner;

typedef struct {
	int64_t not_before; // seconds since 1970, between which the server's whole chain is valid
	int64_t not_after;
	uint64_t verified; // ms since 1970, when the chain was verified
	uint64_t received; // and when the session was received
} xstls_exported_times;

typedef struct {
	xstls_exported_times times;
	const uint8_t *certificate; // the server's own, DER
	size_t certificate_length;
	const uint8_t *session; // as mbedTLS serializes it
	size_t session_length;
	bool extended_master_secret; // TLS 1.2: the session's is one (RFC 7627)
} xstls_exported_session;

// Bytes of an export with a certificate and a serialized session of these lengths; 0 when the certificate is too long.
size_t xstls_exported_length(size_t certificate_length, size_t session_length);
// Writes `length` bytes, as xstls_exported_length says. The certificate is that of `parts`, the session is serialized
// from `session`. False when mbedTLS or PSA failed.
bool xstls_exported_write(const xstls_exported_owner *owner, const xstls_exported_session *parts,
                          const mbedtls_ssl_session *session, uint8_t *exported, size_t length);
// The parts, in place. False when the export is damaged or bound to somebody else.
bool xstls_exported_read(const xstls_exported_owner *owner, const uint8_t *exported, size_t length,
                         xstls_exported_session *parts);

#endif
