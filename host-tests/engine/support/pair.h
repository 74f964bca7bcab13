// A client and a server in one program, and the two wires between them.

#ifndef ENGINE_PAIR_H
#define ENGINE_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/tls-session.h"

// Bytes in order: put at the end, taken from the start.
typedef struct {
	uint8_t *data;
	size_t start;
	size_t end;
	size_t capacity;
} byte_queue;

void queue_put(byte_queue *queue, const uint8_t *data, size_t length);
size_t queue_length(const byte_queue *queue);
const uint8_t *queue_front(const byte_queue *queue);
void queue_drop(byte_queue *queue, size_t count);
void queue_free(byte_queue *queue);

typedef struct {
	xstls_session *session;
	byte_queue wire;  // ciphertext on its way to this end
	byte_queue plain; // what this end has read
} peer;

typedef struct {
	peer client;
	peer server;
} pair;

// Takes over both configurations' references. The client asks for device.local.
pair pair_of(xstls_config *server, xstls_config *client);
void pair_free(pair *both);

// Everything that `from` has to send goes onto the wire of `to`; returns how many bytes that were.
size_t peer_send(peer *from, peer *to);
// Feeds at most `limit` bytes from the wire, `chunk` at a time (0 is all at once), and reads what becomes readable;
// returns how many were taken. Every chunk stands in a block of its own, so a sanitizer sees a step beyond it.
size_t peer_take(peer *to, size_t limit, size_t chunk);
// Moves bytes both ways, `chunk` at a time, until neither end has any.
void pair_run(pair *both, size_t chunk);

void pair_assert_open(const pair *both);
void assert_failed(const peer *end, xstls_error code, uint8_t alert, bool alert_received);

#endif
