#include "tls-config-report.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "tls-config-state.h"

void tls_config_forget_failure(tls_config *config)
{
	config->library_error = 0;
	tls_alloc_clear_failure();
}

tls_error tls_config_report(tls_config *config, int library, tls_error code)
{
	config->library_error = library;
	return tls_alloc_has_failed() || tls_port_is_out_of_memory(library) ? TLS_E_MEMORY : code;
}
