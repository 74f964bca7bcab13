// Messages of a handshake that are changed on their way: a ClientHello or a ServerHello, or any that is not encrypted.

#ifndef ENGINE_EDIT_H
#define ENGINE_EDIT_H

#include "pair.h"

// A handshake message, its header included.
typedef struct {
	uint8_t bytes[8192]; // as long as a ClientHello may be
	size_t length;
} message;

// Takes the next record, which has to be one of the handshake with one message in it, off the wire.
message edit_take(peer *to);
// Puts a message, in a record of its own, before all else that is on the wire.
void edit_put(peer *to, const message *edited);

// Replaces `removed` bytes at `at` by others; the message's own length follows.
void edit_splice(message *edited, size_t at, size_t removed, const void *bytes, size_t count);
// Of a ClientHello or a ServerHello: where the block of extensions stands, its length included.
size_t edit_extensions(const message *hello);
// Where one of them stands, its type included; 0 when it is not there.
size_t edit_find_extension(const message *hello, uint16_t type);
// Adds an extension behind the others, or takes one out; false when it is not there.
void edit_add_extension(message *hello, uint16_t type, const void *body, size_t length);
bool edit_drop_extension(message *hello, uint16_t type);

// Makes the one binder of a ClientHello that was changed, of a session that this client offers or, with a key, of that;
// `before` is what came before it, if anything.
void edit_bind(const peer *client, message *hello, const char *key, const void *before, size_t length);

// A pair whose client has sent its ClientHello, which is `*hello` now and not on the wire.
pair edit_begin(xstls_config *server, xstls_config *client, message *hello);
// Sends the hello on, has the client take it for the one that it sent, and runs the handshake.
void edit_run(pair *both, const message *hello);

#endif
