// A Certificate message that is longer than what mbedTLS has room to write. It goes out in several records.

#ifndef TLS_LONG_CHAIN_H
#define TLS_LONG_CHAIN_H

#include "negotiation/tls-handshake-state.h"

// Before each step: writes the message if the next step would, and mbedTLS could not. Sets whether it has:
// mbedTLS has gone on to the step after it. 0 or an mbedTLS error.
int xstls_long_chain_write(xstls_handshake *handshake, bool *is_written);

#endif
