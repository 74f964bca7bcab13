// Error codes and the alerts for them (RFC 8446 §6.2), both ways.

#ifndef TLS_ALERT_H
#define TLS_ALERT_H

#include <stdint.h>

#include "tls-error.h"

// The alert to send for `code`; internal_error where the fault is not the peer's.
uint8_t xstls_alert_of(xstls_error code);
// The code for an alert; INTERNAL for an alert without one.
xstls_error xstls_alert_code(uint8_t alert);

#endif
