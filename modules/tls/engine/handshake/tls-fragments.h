// Records that mbedTLS has made and that are longer than the peer wants them: max_fragment_length (RFC 6066 §4) and
// record_size_limit (RFC 8449). mbedTLS does not cut handshake messages up.

#ifndef TLS_FRAGMENTS_H
#define TLS_FRAGMENTS_H

#include "negotiation/tls-handshake-state.h"

// Puts a handshake record in the clear into the outbox, as one or as several. False when memory is short.
bool xstls_fragments_put_plain(xstls_handshake *handshake, const uint8_t *record, size_t length);
// The same with a record that is encrypted by TLS 1.3. Sets `*is_alert` where that shows.
bool xstls_fragments_put_encrypted(xstls_handshake *handshake, const uint8_t *record, size_t length, bool *is_alert);

#endif
