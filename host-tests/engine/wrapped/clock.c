#include "clock.h"

#include <time.h>

#include "mbedtls/platform_time.h"

static uint64_t stopped_at;

uint64_t __real_xstls_port_now(void);
uint64_t __wrap_xstls_port_now(void);
mbedtls_ms_time_t __real_mbedtls_ms_time(void);
mbedtls_ms_time_t __wrap_mbedtls_ms_time(void);
time_t __real_time(time_t *seconds);
time_t __wrap_time(time_t *seconds);

void clock_stop_at(uint64_t milliseconds)
{
	stopped_at = milliseconds;
}

void clock_advance(uint64_t milliseconds)
{
	stopped_at += milliseconds;
}

uint64_t __wrap_xstls_port_now(void)
{
	return stopped_at ? stopped_at : __real_xstls_port_now();
}

mbedtls_ms_time_t __wrap_mbedtls_ms_time(void)
{
	return stopped_at ? (mbedtls_ms_time_t)stopped_at : __real_mbedtls_ms_time();
}

time_t __wrap_time(time_t *seconds)
{
	time_t now = stopped_at ? (time_t)(stopped_at / 1000) : __real_time(NULL);

	if (seconds)
		*seconds = now;
	return now;
}
