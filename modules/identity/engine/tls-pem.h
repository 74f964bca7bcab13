// Writes DER as PEM.

#ifndef TLS_PEM_H
#define TLS_PEM_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
	TLS_PEM_CERTIFICATE = 0,
	TLS_PEM_REQUEST = 1,
} xstls_pem_label;

// One PEM block in `text`: its length without the NUL; 0 when `size` is too small.
size_t xstls_pem_write(xstls_pem_label label, const uint8_t *der, size_t length, uint8_t *text, size_t size);

#endif
