#include "tls-port-count.h"

// ESP-IDF has it for processors without such instructions.
#if __GCC_ATOMIC_INT_LOCK_FREE == 2 || defined(ESP_PLATFORM)

size_t xstls_port_add(size_t *number, size_t more)
{
	return __atomic_fetch_add(number, more, __ATOMIC_SEQ_CST);
}

#else

// ESP8266: there is one task.
size_t xstls_port_add(size_t *number, size_t more)
{
	const size_t before = *number;

	*number += more;
	return before;
}

#endif
