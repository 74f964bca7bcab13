// How a setter that calls mbedTLS or PSA reports its failure.

#ifndef TLS_CONFIG_REPORT_H
#define TLS_CONFIG_REPORT_H

#include "port/tls-error.h"
#include "tls-config-types.h"

// Before the call: forgets earlier failures.
void xstls_config_forget_failure(xstls_config *config);
// After a call that failed: MEMORY when memory was short, `code` otherwise.
xstls_error xstls_config_report(xstls_config *config, int library, xstls_error code);

#endif
