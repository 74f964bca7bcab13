#include "fixture.h"

#include <stdlib.h>

#include "pair.h"

typedef struct kept_file {
	struct kept_file *next;
	const char *name;
	file_bytes bytes;
} kept_file;

static kept_file *kept;

static kept_file *load(const char *name)
{
	char path[256];
	FILE *file;
	kept_file *loaded = calloc(1, sizeof(kept_file));

	snprintf(path, sizeof(path), "%s%s", ENGINE_IDENTITY, name);
	file = fopen(path, "rb");
	if (!file)
		fail_msg("%s is missing", path);
	fseek(file, 0, SEEK_END);
	loaded->bytes.length = (size_t)ftell(file);
	rewind(file);
	loaded->bytes.data = calloc(1, loaded->bytes.length + 1);
	assert_int_equal(fread(loaded->bytes.data, 1, loaded->bytes.length, file), loaded->bytes.length);
	fclose(file);
	loaded->name = strdup(name);
	loaded->next = kept;
	return loaded;
}

file_bytes identity_file(const char *name)
{
	for (kept_file *file = kept; file; file = file->next)
		if (strcmp(file->name, name) == 0)
			return file->bytes;
	kept = load(name);
	return kept->bytes;
}

static void add_identity(xstls_config *config, const char *name)
{
	char file[64];
	file_bytes chain, key;

	snprintf(file, sizeof(file), "%s.pem", name);
	chain = identity_file(file);
	snprintf(file, sizeof(file), "%s.key", name);
	key = identity_file(file);
	assert_int_equal(xstls_config_add_identity(config, chain.data, chain.length, key.data, key.length), TLS_E_NONE);
}

xstls_config *config_draft(const config_options *options)
{
	xstls_config *config = xstls_config_new();

	assert_non_null(config);
	for (size_t i = 0; options->identity[i]; i++)
		add_identity(config, options->identity[i]);
	if (options->ca) {
		file_bytes ca = identity_file(options->ca);

		assert_int_equal(xstls_config_add_ca(config, ca.data, ca.length), TLS_E_NONE);
	}
	for (size_t i = 0; options->alpn[i]; i++)
		assert_int_equal(xstls_config_add_alpn(config, (const uint8_t *)options->alpn[i], strlen(options->alpn[i])),
		                 TLS_E_NONE);
	if (options->version)
		assert_int_equal(xstls_config_set_versions(config, options->version, options->version), TLS_E_NONE);
	return config;
}

xstls_config *config_make(const config_options *options)
{
	xstls_config *config = config_draft(options);

	assert_int_equal(xstls_config_seal(config), TLS_E_NONE);
	return config;
}

xstls_config *config_server(const char *name, uint16_t version)
{
	return config_make(&(config_options){.identity = {name}, .version = version});
}

xstls_config *config_client(uint16_t version)
{
	return config_make(&(config_options){.ca = "ca.pem", .version = version});
}

void warm_up(void)
{
	static const uint16_t versions[] = {TLS12, TLS13};

	for (size_t i = 0; i < 2; i++) {
		pair both = pair_of(config_server("ec256", versions[i]), config_client(versions[i]));

		pair_run(&both, 0);
		pair_assert_open(&both);
		pair_free(&both);
	}
}

void assert_same_memory(xstls_alloc_counters before)
{
	xstls_alloc_counters now = xstls_alloc_count();

	assert_int_equal(now.blocks, before.blocks);
	assert_int_equal(now.bytes, before.bytes);
}
