#include "tls-port-time.h"

#include "mbedtls/platform_time.h"

int64_t xstls_port_clock(void)
{
#if defined(MBEDTLS_HAVE_TIME)
	return (int64_t)mbedtls_time(NULL);
#else
	return INT64_MAX;
#endif
}

#if defined(__ets__) && !defined(ESP_PLATFORM)

#include <time.h>

uint64_t xstls_port_now(void)
{
	return (uint64_t)time(NULL) * 1000;
}

#else

#include <sys/time.h>

uint64_t xstls_port_now(void)
{
	struct timeval now;

	gettimeofday(&now, NULL);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000;
}

#endif
