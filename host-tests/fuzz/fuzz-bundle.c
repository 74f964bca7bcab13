// The bundle of roots, as it might lie in flash that went bad: looked through, searched, and used to verify a chain.

#include "bundle.h"
#include "fuzz.h"
#include "trust/tls-trust.h"

#include <stdlib.h>

static void look_through(xstls_bundle bundle)
{
	size_t count = xstls_bundle_count(bundle);
	bool is_sound = xstls_bundle_is_sound(bundle);
	xstls_bundle_root root;

	for (size_t i = 0; i < count; i++) {
		if (!xstls_bundle_at(bundle, i, &root)) {
			fuzz_check(!is_sound, "a sound bundle has all its roots");
			continue;
		}
		fuzz_check(root.key + root.key_length <= bundle.data + bundle.length, "a root is within the bundle");
		size_t found = xstls_bundle_find(bundle, root.subject, root.subject_length);

		fuzz_check(!is_sound || found <= i, "a sound bundle finds its roots");
	}
	fuzz_check(!xstls_bundle_at(bundle, count, &root), "there is no root beyond the last");
}

static void run(const uint8_t *data, size_t length)
{
	xstls_config *config = xstls_config_new();
	file_bytes chain = identity_file("chained.pem");

	look_through((xstls_bundle){data, length});
	if (xstls_config_set_bundle(config, data, length, true) == TLS_E_NONE && xstls_config_seal(config) == TLS_E_NONE)
		xstls_config_verify_chain(config, chain.data, chain.length, TLS_USAGE_SERVER);
	xstls_config_release(config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	fuzz_check_leaks(run, data, length);
	return 0;
}

void fuzz_make_seeds(void)
{
	static const char *const lists[][4] = {
	    {"ca-ec.der"}, {"ca-rsa.der"}, {"ca-ec.der", "ca-ec-other.der", "ca-rsa.der"}};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		file_bytes bundle = bundle_of(lists[i]);
		char name[16];

		snprintf(name, sizeof(name), "bundle %zu", i);
		fuzz_put_seed(name, bundle.data, bundle.length);
		free(bundle.data);
	}
}
