// Makes of a ClientHello that mbedTLS would refuse for no good reason one that it takes. The hash of the handshake is
// then put right by the message that came (xstls_port_begin_transcript).
//
// What is put right:
// - legacy_version, which does not count beside supported_versions (RFC 8446 §4.2.1), and which without that extension
//   may be of a version that is not known here (RFC 5246 §E.1);
// - supported_versions with TLS 1.2 before TLS 1.3: mbedTLS would choose TLS 1.2, which such a client has to take for
//   an attack (RFC 8446 §4.1.3);
// - psk_key_exchange_modes that are not known (RFC 8446 §4.2.9, RFC 8701);
// - over TLS 1.3 more than 19 signature_algorithms, of which mbedTLS reads so many, whether it knows them or not;
// - TLS 1.2 without extensions (RFC 5246 §7.4.1.2), and without supported_groups, where the server chooses (RFC 8422
//   §4).
//
// The binders of pre-shared keys are hashes of the message that came, and are put right when mbedTLS asks for the key
// (tls-binders.h).

#ifndef TLS_HELLO_REWRITE_H
#define TLS_HELLO_REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	// Bytes that a message can become longer by: the length of the extensions, and supported_groups.
	TLS_HELLO_REWRITE_MORE = 2 + 4 + 2 + 2,
};

// A whole message that was parsed without an error, for a handshake of that version.
bool xstls_hello_needs_rewriting(const uint8_t *message, size_t length, bool is_1_3);
// Writes the other message to `into`, which has room for length + TLS_HELLO_REWRITE_MORE bytes; returns its length.
size_t xstls_hello_rewrite(const uint8_t *message, size_t length, bool is_1_3, uint8_t *into);

#endif
