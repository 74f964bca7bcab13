// How a setter that calls mbedTLS or PSA reports its failure.

#ifndef TLS_CONFIG_REPORT_H
#define TLS_CONFIG_REPORT_H

#include "port/tls-error.h"
#include "tls-config-types.h"

// Before the call: forgets earlier failures.
void tls_config_forget_failure(tls_config *config);
// After a call that failed: MEMORY when memory was short, `code` otherwise.
tls_error tls_config_report(tls_config *config, int library, tls_error code);

#endif
