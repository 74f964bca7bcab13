// From an mbedTLS error to a stable code and the alert that RFC 8446 §6.2 asks for.

#ifndef TLS_FAILURE_H
#define TLS_FAILURE_H

#include <stdbool.h>
#include <stdint.h>

#include "port/tls-error.h"

// The failure that `library` stands for. `verify_flags` are those of the peer's chain.
xstls_failure xstls_failure_from(int library, uint32_t verify_flags, bool out_of_memory);
// Sets the alert that was sent to the peer. mbedTLS is finer in its alerts than in its errors: where the error has no
// code, the alert gives it.
void xstls_failure_set_alert(xstls_failure *failure, uint8_t alert);

#endif
