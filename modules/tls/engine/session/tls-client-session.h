// The export of a client's session, by which its next connection to the server resumes it, after a restart too (row
// Z7).

#ifndef TLS_CLIENT_SESSION_H
#define TLS_CLIENT_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tls-session-types.h"

// The newest session that was not exported yet: its bytes, 0 when there is none. It is written to `exported`, and
// counts as exported, only when `capacity` is enough. Over TLS 1.2 there is one once the session is established, over
// TLS 1.3 when the server's ticket has been read. There is none for a server whose certificate was not verified. To be
// kept as secret as a private key: whoever has it can pose as either end.
size_t xstls_session_export(xstls_session *session, uint8_t *exported, size_t capacity);

// Client, before the first step: offers the server a session that was exported. False, and the handshake will be a full
// one, when the export is damaged or out of date, or was made with another server name, trust, identity or
// verification, or when the server's certificates are not valid now.
bool xstls_session_restore(xstls_session *session, const uint8_t *exported, size_t length);

#endif
