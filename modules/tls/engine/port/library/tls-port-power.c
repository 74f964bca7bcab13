#include "tls-port-power.h"

#if MBEDTLS_VERSION_NUMBER >= 0x04000000

size_t mbedtls_mpi_core_exp_mod_working_limbs(size_t limbs, size_t e_limbs);

size_t xstls_port_power_room(size_t limbs, size_t e_limbs)
{
	return mbedtls_mpi_core_exp_mod_working_limbs(limbs, e_limbs);
}

#endif
