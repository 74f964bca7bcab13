#include "tls-x509-time.h"

// Days since 1970 of a date of the Gregorian calendar. Years are counted from March, so that a leap day ends one.
static int64_t days_since_1970(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

int64_t xstls_x509_seconds(const mbedtls_x509_time *time)
{
	return days_since_1970(time->year, time->mon, time->day) * 86400 + time->hour * 3600 + time->min * 60 + time->sec;
}
