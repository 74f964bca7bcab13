// The alert that stands for each error code, and the code for an alert (RFC 8446 §6.2).

#ifndef TLS_ALERT_H
#define TLS_ALERT_H

#include <stdint.h>

#include "port/tls-error.h"

// The alert that tells the peer of `code`; internal_error for one that says nothing about the peer.
uint8_t xstls_alert_of(xstls_error code);
// The code for an alert; INTERNAL for one that no code stands for.
xstls_error xstls_alert_code(uint8_t alert);

#endif
