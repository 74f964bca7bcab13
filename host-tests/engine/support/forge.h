// Records that no engine of ours would send, made with the keys of an end that is open.

#ifndef ENGINE_FORGE_H
#define ENGINE_FORGE_H

#include "pair.h"
#include "record/tls-protection.h"

// A pair with an open connection, server identity ec256.
pair forge_open_pair(uint16_t version);
// Puts one record of that type onto the wire of `to`. Over TLS 1.3 the type is the inner one.
void forge_record(peer *from, peer *to, uint8_t type, const void *content, size_t length);
// Takes all of what is on the wire of `to`, `chunk` bytes at a time, 0 for all at once.
void forge_deliver(peer *to, size_t chunk);
// The writer's next secret and keys, as after a KeyUpdate that it has sent.
void forge_update_keys(peer *from);
// Plaintext still goes from one end to the other.
void forge_assert_flows(peer *from, peer *to);

#endif
