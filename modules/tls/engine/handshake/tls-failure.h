// From an mbedTLS error to what the project says: a stable code and the alert that RFC 8446 §6.2 asks for.

#ifndef TLS_FAILURE_H
#define TLS_FAILURE_H

#include <stdint.h>

#include "port/tls-error.h"

// The failure that `library` stands for. `verify_flags` are those of the peer's chain, 0 when it was not judged.
tls_failure tls_failure_from(int library, uint32_t verify_flags, bool out_of_memory);
// The alert that was sent to the peer. mbedTLS is finer in its alerts than in its errors: where the error has no name
// here, the alert gives it.
void tls_failure_tell(tls_failure *failure, uint8_t alert);
// What the flags of a chain say, the most telling first; TLS_E_NONE when there are none.
tls_error tls_failure_of_chain(uint32_t verify_flags);
// The alert that tells the peer of `code`, where mbedTLS is not there to say.
uint8_t tls_failure_alert(tls_error code);

#endif
