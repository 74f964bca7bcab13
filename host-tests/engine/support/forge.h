// Records that no engine of ours would send, made with the keys of an end that is open, or in its handshake.

#ifndef ENGINE_FORGE_H
#define ENGINE_FORGE_H

#include "pair.h"
#include "record/tls-records.h"

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

// TLS 1.3: a pair whose server has sent its flight, of which the ServerHello alone has come. Both have keys, and
// nothing is on its way. Over TLS 1.2 the same, without keys.
pair forge_pair_in_handshake(uint16_t version);
// TLS 1.3: the handshake's keys by which `writer` writes, from the start. The caller clears them.
xstls_direction forge_handshake_keys(const pair *both, xstls_role writer, psa_key_usage_t usage);
// Puts one record by such keys onto the wire of `to`.
void forge_by(xstls_direction *keys, peer *to, uint8_t type, const void *content, size_t length);
// The end of that role, and the other role.
peer *forge_end(pair *both, xstls_role role);
xstls_role forge_other(xstls_role role);

#endif
