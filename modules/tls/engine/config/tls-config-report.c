#include "tls-config-report.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-config-state.h"

void xstls_config_forget_failure(xstls_config *config)
{
	config->library_error = 0;
	xstls_alloc_clear_failure();
}

xstls_error xstls_config_report(xstls_config *config, int library, xstls_error code)
{
	config->library_error = library;
	return xstls_alloc_has_failed() || xstls_port_is_out_of_memory(library) ? TLS_E_MEMORY : code;
}
