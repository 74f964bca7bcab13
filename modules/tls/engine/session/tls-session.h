// A TLS session without input or output: ciphertext is fed and drained, plaintext is read and written, and the caller
// owns socket, timer and thread.
//
// Any call may be made in any state; a call that cannot do anything does nothing and returns 0. After a failure the
// fatal alert waits in the outbox: drain it, then free the session.

#ifndef TLS_SESSION_H
#define TLS_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/tls-config-types.h"
#include "hello/tls-hello.h"
#include "port/tls-error.h"
#include "tls-session-details.h"
#include "tls-session-types.h"

// What the session waits for. The first four are net.TLS's constants (row D1).
typedef enum {
	TLS_FAIL = 0,
	TLS_OK = 1,         // the handshake is over
	TLS_WAIT_READ = 2,  // ciphertext from the peer is needed
	TLS_WAIT_WRITE = 3, // ciphertext for the peer waits to be drained
	// The ClientHello is complete: choose by it, then tls_session_use or tls_session_refuse.
	TLS_WANTS_IDENTITY = 4,
} tls_status;

// A session with a reference of its own to the sealed `config`. `server_name` (client only, may be NULL) is sent as
// SNI and is the name that the server's certificate must have. NULL when memory is short or the config is not sealed.
tls_session *tls_session_new(tls_config *config, tls_role role, const char *server_name);
void tls_session_free(tls_session *session);

// Goes on as far as it can without input. A client's first step makes its ClientHello.
void tls_session_step(tls_session *session);

// Server, before the first byte: stop at TLS_WANTS_IDENTITY when the ClientHello is complete (rows B4, Z4).
void tls_session_ask_identity(tls_session *session);
// What the client offers while the status is TLS_WANTS_IDENTITY, NULL otherwise.
const tls_hello *tls_session_hello(const tls_session *session);
// Goes on with `config`, at once or any time later. False, and nothing changed, when the session does not wait for it
// or the configuration is not sealed.
bool tls_session_use(tls_session *session, tls_config *config);
// Ends the session instead, with the alert unrecognized_name.
void tls_session_refuse(tls_session *session);

// Takes ciphertext; returns how many bytes it took. It takes fewer than offered when plaintext waits to be read
// (offer the rest after reading) or when the session has ended.
size_t tls_session_feed(tls_session *session, const uint8_t *ciphertext, size_t length);
// How many bytes the last feed took.
size_t tls_session_taken(const tls_session *session);
// There will be no more input. Without a close_notify before, that is a truncation (RFC 8446 §6.1).
void tls_session_feed_end(tls_session *session);

// Ciphertext that waits for the transport, bytes.
size_t tls_session_pending(const tls_session *session);
size_t tls_session_drain(tls_session *session, uint8_t *ciphertext, size_t capacity);

// Plaintext of the current record that waits to be read, bytes.
size_t tls_session_readable(const tls_session *session);
size_t tls_session_read(tls_session *session, uint8_t *plaintext, size_t capacity);

// The most plaintext whose ciphertext fits in `room` bytes.
size_t tls_session_writable(const tls_session *session, size_t room);
// Encrypts all of it into the outbox and returns `length`, or fails (memory) and returns 0: what fitted is sent still.
size_t tls_session_write(tls_session *session, const uint8_t *plaintext, size_t length);

// Queues close_notify, once. The session can still read what the peer sent before its own.
void tls_session_close(tls_session *session);

tls_status tls_session_status(const tls_session *session);
bool tls_session_is_established(const tls_session *session);
// The peer has sent close_notify: what was read is all there is.
bool tls_session_is_ended_by_peer(const tls_session *session);
tls_failure tls_session_failure(const tls_session *session);

#endif
