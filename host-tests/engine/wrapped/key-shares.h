// Keys of a key exchange that their peer has to refuse.

#ifndef ENGINE_KEY_SHARES_H
#define ENGINE_KEY_SHARES_H

#include <stddef.h>
#include <stdint.h>

// From now on each public key that mbedTLS exports is changed by `change`; NULL for none. Those that mbedTLS checks a
// pair of keys by count too, so configurations are made before.
void key_shares_change(void (*change)(uint8_t *key, size_t length));

#endif
