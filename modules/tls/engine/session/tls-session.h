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
	// The ClientHello is complete: choose by it, then xstls_session_use or xstls_session_refuse.
	TLS_WANTS_IDENTITY = 4,
} xstls_status;

// A session with a reference of its own to the sealed `config`. `server_name` (client only, may be NULL) is sent as
// SNI and is the name that the server's certificate must have. NULL when memory is short or the config is not sealed.
xstls_session *xstls_session_new(xstls_config *config, xstls_role role, const char *server_name);
void xstls_session_free(xstls_session *session);

// Goes on as far as it can without input. A client's first step makes its ClientHello.
void xstls_session_step(xstls_session *session);

// Server, before the first byte: stop at TLS_WANTS_IDENTITY when the ClientHello is complete (rows B4, Z4).
void xstls_session_ask_identity(xstls_session *session);
// What the client offers while the status is TLS_WANTS_IDENTITY, NULL otherwise.
const xstls_hello *xstls_session_hello(const xstls_session *session);
// Bytes of the client's ClientHello that are held, complete or not; 0 once it has been read.
size_t xstls_session_hello_length(const xstls_session *session);
// Bytes of the C heap that the handshake takes from here on at most if it goes on with `config`, beside the ClientHello,
// which is there: by that one's length, else as xstls_config_handshake_memory says.
size_t xstls_session_handshake_memory(const xstls_session *session, const xstls_config *config);
// Bytes of it that are taken only by what the client sends after the server's first flight. 0 once it is over.
size_t xstls_session_remaining_memory(const xstls_session *session);
// Goes on with `config`, at once or any time later. False, and nothing changed, when the session does not wait for it
// or the configuration is not sealed.
bool xstls_session_use(xstls_session *session, xstls_config *config);
// Ends the session instead, with the alert unrecognized_name, or handshake_failure where the client has named none.
void xstls_session_refuse(xstls_session *session);

// Takes ciphertext; returns how many bytes it took. It takes fewer than offered when plaintext waits to be read
// (offer the rest after reading) or when the session has ended.
size_t xstls_session_feed(xstls_session *session, const uint8_t *ciphertext, size_t length);
// How many bytes the last feed took.
size_t xstls_session_taken(const xstls_session *session);
// There will be no more input. Without a close_notify before, that is a truncation (RFC 8446 §6.1).
void xstls_session_feed_end(xstls_session *session);

// Ciphertext that waits for the transport, bytes.
size_t xstls_session_pending(const xstls_session *session);
size_t xstls_session_drain(xstls_session *session, uint8_t *ciphertext, size_t capacity);
// The same in two steps, for who has no place for it yet: where bytes stand, and how many there, until the next call; and that
// so many of these were drained.
const uint8_t *xstls_session_ciphertext(const xstls_session *session, size_t *length);
void xstls_session_has_drained(xstls_session *session, size_t count);

// Plaintext of the current record that waits to be read, bytes.
size_t xstls_session_readable(const xstls_session *session);
size_t xstls_session_read(xstls_session *session, uint8_t *plaintext, size_t capacity);
// The same in two steps, for who has no place for it yet: where it stands, until the next call, and that it was read.
const uint8_t *xstls_session_plaintext(const xstls_session *session);
void xstls_session_has_read(xstls_session *session, size_t count);

// The most plaintext whose ciphertext fits in `room` bytes.
size_t xstls_session_writable(const xstls_session *session, size_t room);
// Encrypts all of it into the outbox and returns `length`, or fails (memory) and returns 0: what fitted is sent still.
size_t xstls_session_write(xstls_session *session, const uint8_t *plaintext, size_t length);

// Queues close_notify, once. The session can still read what the peer sent before its own.
void xstls_session_close(xstls_session *session);

xstls_status xstls_session_status(const xstls_session *session);
bool xstls_session_is_established(const xstls_session *session);
// The peer has sent close_notify: what was read is all there is.
bool xstls_session_is_ended_by_peer(const xstls_session *session);
xstls_failure xstls_session_failure(const xstls_session *session);

#endif
