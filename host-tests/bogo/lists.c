#include "lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/tls-policy-config.h"

static const bogo_numbers fips_suites = {{0x1301, 0x1302, 0xc02b, 0xc02c, 0xc02f, 0xc030}, 6},
                          fips_groups = {{23, 24}, 2},
                          fips_signatures = {{0x0804, 0x0805, 0x0806, 0x0403, 0x0503, 0x0401, 0x0501, 0x0601}, 8},
                          wpa_suites = {{0x1302, 0xc02c, 0xc030}, 3}, wpa_groups = {{24}, 1},
                          wpa_signatures = {{0x0805, 0x0806, 0x0503, 0x0501, 0x0601}, 5};

static const char *name_of(xstls_policy_list list, uint16_t number)
{
	for (size_t i = 0; xstls_policy_name(list, i); i++) {
		const char *name = xstls_policy_name(list, i);

		if (xstls_policy_number(list, name, strlen(name)) == number)
			return name;
	}
	return NULL;
}

static void allow_name(xstls_config *config, xstls_policy_list list, const char *name)
{
	if (!name)
		bogo_unimplemented("a group or signature algorithm");
	if (xstls_config_allow(config, list, name, strlen(name)) == TLS_E_NONE)
		return;
	fprintf(stderr, "%s is not allowed\n", name);
	exit(1);
}

static void allow(xstls_config *config, xstls_policy_list list, const bogo_numbers *numbers)
{
	for (int i = 0; i < numbers->count; i++)
		allow_name(config, list, name_of(list, numbers->list[i]));
}

static bool has(const bogo_numbers *numbers, uint16_t number)
{
	for (int i = 0; i < numbers->count; i++)
		if (numbers->list[i] == number)
			return true;
	return false;
}

// One list serves for what is signed and for what is verified. So an end that is told of the one gets what its own
// certificate, or the runner's, wants behind it, which are RSA's mostly.
static void set_signatures(xstls_config *config, const bogo_options *o, bool verifies)
{
	static const uint16_t usual[] = {0x0804, 0x0401};
	const bogo_numbers *told = o->verifying.count ? &o->verifying : &o->signing;
	const bool wants_other = o->verifying.count ? o->cert_file != NULL : verifies;

	if (o->verifying.count && o->signing.count)
		bogo_unimplemented("one list for signing and another for verifying");
	allow(config, TLS_POLICY_SIGNATURES, told);
	for (size_t i = 0; told->count && wants_other && i < sizeof(usual) / sizeof(usual[0]); i++)
		if (!has(told, usual[i]))
			allow_name(config, TLS_POLICY_SIGNATURES, name_of(TLS_POLICY_SIGNATURES, usual[i]));
}

// Names or numbers with colons between, for TLS 1.2. Those of TLS 1.3 are always there in BoringSSL.
static void set_suites(xstls_config *config, const char *list)
{
	static const bogo_numbers of_1_3 = {{0x1301, 0x1302, 0x1303}, 3};
	char rest[512], *at = rest, *name;

	if (snprintf(rest, sizeof(rest), "%s", list) >= (int)sizeof(rest))
		bogo_unimplemented("as many suites");
	allow(config, TLS_POLICY_SUITES, &of_1_3);
	while ((name = strtok(at, ":"))) {
		const char *ours = *name >= '0' && *name <= '9' ? name_of(TLS_POLICY_SUITES, (uint16_t)atoi(name)) : name;

		at = NULL;
		if (!ours || !xstls_policy_number(TLS_POLICY_SUITES, ours, strlen(ours)))
			bogo_unimplemented("-cipher of such a kind");
		if (xstls_policy_number(TLS_POLICY_SUITES, ours, strlen(ours)) >> 8 != 0x13)
			allow_name(config, TLS_POLICY_SUITES, ours);
	}
}

void bogo_lists_set(xstls_config *config, const bogo_options *o, bool verifies)
{
	const bool complies = o->complies_with_fips || o->complies_with_wpa;

	if (o->cipher)
		set_suites(config, o->cipher);
	if (!complies) {
		allow(config, TLS_POLICY_GROUPS, &o->curves);
		set_signatures(config, o, verifies);
		return;
	}
	allow(config, TLS_POLICY_SUITES, o->complies_with_fips ? &fips_suites : &wpa_suites);
	allow(config, TLS_POLICY_GROUPS, o->complies_with_fips ? &fips_groups : &wpa_groups);
	allow(config, TLS_POLICY_SIGNATURES, o->complies_with_fips ? &fips_signatures : &wpa_signatures);
}
