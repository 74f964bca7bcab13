// Early data (0-RTT) of a client that comes with somebody else's ticket, or one whose key is gone. It is not read:
// records are passed over until one comes that is not early data, and the handshake goes on (RFC 8446 §4.2.10).

#ifndef TLS_EARLY_DATA_H
#define TLS_EARLY_DATA_H

#include "tls-handshake-state.h"

// Server, when mbedTLS and the secrets are set up: gets ready if the client says that it sends early data. False when
// memory is short.
bool xstls_early_data_expect(xstls_handshake *handshake);
// Takes input of one record and returns how much. When the record is whole and mbedTLS has to read it, it is set to
// `*record`, until the next call. `*error` is TLS_E_NONE, or the error to end the session with.
size_t xstls_early_data_feed(xstls_handshake *handshake, const uint8_t *ciphertext, size_t length,
                             xstls_handshake_span *record, xstls_error *error);
// Whether no record is begun; true where no early data is expected.
bool xstls_early_data_is_between_records(const xstls_handshake *handshake);
// Whether what comes now is not early data any more.
bool xstls_early_data_is_over(const xstls_handshake *handshake);

#endif
