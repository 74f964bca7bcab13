// Keying material (RFC 5705, RFC 8446 §7.5), which mbedTLS gives as long as it is there. The engine has no use for it,
// and the runner judges by it that both ends have the same secrets.

#ifndef BOGO_EXPORTER_H
#define BOGO_EXPORTER_H

#include <stdint.h>

#include "options.h"

// Of the handshakes that follow. NULL for none.
void bogo_exporter_expect(const bogo_options *options);
// What the last one gave; NULL for none.
const uint8_t *bogo_exporter_material(void);

#endif
