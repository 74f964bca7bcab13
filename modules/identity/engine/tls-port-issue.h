// What differs between mbedTLS 3.6 and 4.x where keys, certificates and requests are made.

#ifndef TLS_PORT_ISSUE_H
#define TLS_PORT_ISSUE_H

#include <stddef.h>
#include <stdint.h>

#include "mbedtls/x509_crt.h"
#include "mbedtls/x509_csr.h"

// Signs and writes DER at the end of the buffer: its length, or an mbedTLS error.
int xstls_port_write_certificate(mbedtls_x509write_cert *draft, uint8_t *buffer, size_t size);
int xstls_port_write_request(mbedtls_x509write_csr *draft, uint8_t *buffer, size_t size);

#endif
