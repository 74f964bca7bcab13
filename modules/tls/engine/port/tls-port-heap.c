#include "tls-port-heap.h"

#if defined(ESP_PLATFORM)

#include "esp_heap_caps.h"

xstls_port_heap xstls_port_measure_heap(void)
{
	return (xstls_port_heap){
	    .free = heap_caps_get_free_size(MALLOC_CAP_8BIT),
	    .largest_block = heap_caps_get_largest_free_block(MALLOC_CAP_8BIT),
	};
}

static size_t free_bytes(void)
{
	return heap_caps_get_free_size(MALLOC_CAP_8BIT);
}

#elif defined(__ets__)

// ESP8266: the SDK tells the sum only, which is taken for the largest block as well.
extern unsigned int system_get_free_heap_size(void);

xstls_port_heap xstls_port_measure_heap(void)
{
	size_t free = system_get_free_heap_size();

	return (xstls_port_heap){.free = free, .largest_block = free};
}

static size_t free_bytes(void)
{
	return system_get_free_heap_size();
}

#else

xstls_port_heap xstls_port_measure_heap(void)
{
	return (xstls_port_heap){.free = SIZE_MAX, .largest_block = SIZE_MAX};
}

static size_t free_bytes(void)
{
	return SIZE_MAX;
}

#endif

bool xstls_port_has_heap(size_t size)
{
	size_t free = free_bytes();

	return free >= TLS_HEAP_RESERVE && size <= free - TLS_HEAP_RESERVE;
}
