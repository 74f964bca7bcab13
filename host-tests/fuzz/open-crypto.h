// Encryption and the comparison of secrets, taken over by the linker's --wrap: while it is open, records go in the
// clear and every Finished is right. A peer that completes the handshake can encrypt what it likes, and this is how a
// fuzzer comes to say it.

#ifndef FUZZ_OPEN_CRYPTO_H
#define FUZZ_OPEN_CRYPTO_H

#include <stdbool.h>

void open_crypto(bool open);

#endif
