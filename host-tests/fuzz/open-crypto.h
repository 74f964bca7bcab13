// Encryption and the comparison of secrets, taken over by the linker's --wrap. While records are open they go in the
// clear, and every Finished is right: a peer that completes the handshake can encrypt what it likes, and this is how a
// fuzzer comes to say it. Tickets can be opened likewise, as if the fuzzer had their key.

#ifndef FUZZ_OPEN_CRYPTO_H
#define FUZZ_OPEN_CRYPTO_H

enum { OPEN_RECORDS = 1, OPEN_TICKETS = 2 };

// A sum of these; 0 closes it.
void open_crypto(int what);

#endif
