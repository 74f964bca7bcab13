// Reads the flash image that `certs flash` writes: two slots, of which the newest valid one is current. The layout is
// described in certs/lib/images/flash.ts.

#ifndef TLS_FLASH_IMAGE_H
#define TLS_FLASH_IMAGE_H

#include <stddef.h>
#include <stdint.h>

enum { TLS_IMAGE_HEADER = 32, TLS_IMAGE_ENTRY_HEADER = 8 };

// CRC-32 of IEEE 802.3. Begin with 0; for data in parts, pass the result of the part before.
uint32_t xstls_crc32(uint32_t crc, const uint8_t *data, size_t length);

// The bytes that a slot uses, its header included; 0 when it is not valid.
size_t xstls_image_check_slot(const uint8_t *slot, size_t length);

// Which half of the partition is current, 0 or 1; −1 when neither is valid.
int xstls_image_current(const uint8_t *partition, size_t length);

#endif
