#include <stdlib.h>
#include <sys/stat.h>

#include "psa/crypto.h"

#include "clock.h"
#include "fuzz.h"

static const char *corpus;

void fuzz_set_corpus(const char *folder)
{
	corpus = folder;
}

void fuzz_put_seed(const char *name, const uint8_t *data, size_t length)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", corpus, name);
	for (char *at = path + strlen(corpus) + 1; *at; at++)
		if (*at == ' ' || *at == '/')
			*at = '-';
	file = fopen(path, "wb");
	fuzz_check(file && fwrite(data, 1, length, file) == length && fclose(file) == 0, path);
}

void fuzz_check(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: this does not hold: %s\n", what);
	abort();
}

static size_t keys_in_use(void)
{
	mbedtls_psa_stats_t stats;

	mbedtls_psa_get_stats(&stats);
	return stats.MBEDTLS_PRIVATE(volatile_slots);
}

void fuzz_check_leaks(void (*run)(const uint8_t *data, size_t length), const uint8_t *data, size_t length)
{
	for (int i = 0; i < 4; i++) {
		size_t keys = keys_in_use(), bytes = xstls_alloc_count().bytes;

		run(data, length);
		if (xstls_alloc_count().bytes == bytes && keys_in_use() == keys)
			return;
	}
	fuzz_check(false, "nothing is left behind");
}

void fuzz_stop_clock(void)
{
	struct stat made;

	fuzz_check(stat(ENGINE_IDENTITY ".complete", &made) == 0, "the identities are made");
	clock_stop_at((uint64_t)made.st_mtime * 1000);
}
