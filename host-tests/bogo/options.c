#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { IS_SET, IS_TEXT, IS_NUMBER, IS_ID, IS_LISTED, IS_IGNORED, IS_IGNORED_WITH_VALUE } kind;

typedef struct {
	const char *name;
	kind kind;
	size_t offset;
} flag;

#define FLAG(name, kind, member)                                                                                       \
	{                                                                                                                  \
		name, kind, offsetof(bogo_options, member)                                                                     \
	}
#define IGNORED(name)                                                                                                  \
	{                                                                                                                  \
		name, IS_IGNORED, 0                                                                                            \
	}
#define IGNORED_WITH_VALUE(name)                                                                                       \
	{                                                                                                                  \
		name, IS_IGNORED_WITH_VALUE, 0                                                                                 \
	}

static const flag flags[] = {
    FLAG("-port", IS_NUMBER, port),
    FLAG("-ipv6", IS_SET, is_ipv6),
    FLAG("-shim-id", IS_ID, shim_id),
    FLAG("-server", IS_SET, is_server),
    FLAG("-resume-count", IS_NUMBER, resume_count),
    FLAG("-key-file", IS_TEXT, key_file),
    FLAG("-cert-file", IS_TEXT, cert_file),
    FLAG("-trust-cert", IS_TEXT, trust_file),
    FLAG("-host-name", IS_TEXT, host_name),
    FLAG("-expect-server-name", IS_TEXT, expect_server_name),
    FLAG("-advertise-alpn", IS_TEXT, advertise_alpn),
    FLAG("-select-alpn", IS_TEXT, select_alpn),
    FLAG("-expect-alpn", IS_TEXT, expect_alpn),
    FLAG("-psk", IS_TEXT, psk),
    FLAG("-psk-identity", IS_TEXT, psk_identity),
    FLAG("-min-version", IS_NUMBER, min_version),
    FLAG("-max-version", IS_NUMBER, max_version),
    FLAG("-expect-version", IS_NUMBER, expect_version),
    FLAG("-expect-cipher", IS_NUMBER, expect_cipher),
    FLAG("-no-tls13", IS_SET, no_tls13),
    FLAG("-no-tls12", IS_SET, no_tls12),
    FLAG("-curves", IS_LISTED, curves),
    FLAG("-signing-prefs", IS_LISTED, signing),
    FLAG("-verify-prefs", IS_LISTED, verifying),
    FLAG("-require-any-client-certificate", IS_SET, requires_certificate),
    FLAG("-verify-peer", IS_SET, verifies_peer),
    FLAG("-verify-fail", IS_SET, fails_to_verify),
    FLAG("-fips-202205", IS_SET, complies_with_fips),
    FLAG("-wpa-202304", IS_SET, complies_with_wpa),
    FLAG("-cipher", IS_TEXT, cipher),
    FLAG("-reject-alpn", IS_SET, rejects_alpn),
    FLAG("-export-keying-material", IS_NUMBER, export_length),
    FLAG("-export-label", IS_TEXT, export_label),
    FLAG("-export-context", IS_TEXT, export_context),
    FLAG("-use-export-context", IS_SET, uses_export_context),
    FLAG("-no-ticket", IS_SET, no_ticket),
    FLAG("-expect-session-miss", IS_SET, expects_miss),
    FLAG("-expect-no-session", IS_SET, expects_no_session),
    FLAG("-expect-ticket-renewal", IS_SET, expects_renewal),
    FLAG("-async", IS_SET, is_async),
    FLAG("-use-early-callback", IS_SET, chooses_identity),
    FLAG("-install-ddos-callback", IS_SET, chooses_identity),
    FLAG("-fail-early-callback", IS_SET, refuses_early),
    FLAG("-shim-writes-first", IS_SET, writes_first),
    FLAG("-shim-shuts-down", IS_SET, shuts_down),
    FLAG("-check-close-notify", IS_SET, checks_close_notify),
    FLAG("-write-different-record-sizes", IS_SET, writes_many_sizes),
    FLAG("-handshake-never-done", IS_SET, never_done),
    FLAG("-read-size", IS_NUMBER, read_size),
    FLAG("-max-send-fragment", IS_NUMBER, most_sent),
    // Versions that are never there, what is always so, and what only BoringSSL's own interface can do otherwise.
    IGNORED("-no-tls1"),
    IGNORED("-no-tls11"),
    IGNORED("-decline-alpn"),
    IGNORED("-partial-write"),
    IGNORED("-implicit-handshake"),
    IGNORED("-no-op-extra-handshake"),
    IGNORED("-handshake-twice"),
    IGNORED("-use-custom-verify-callback"),
    IGNORED("-use-old-client-cert-callback"),
    IGNORED("-cbc-record-splitting"),
    IGNORED("-permute-extensions"),
    IGNORED("-server-preference"),
    IGNORED("-allow-hint-mismatch"),
    IGNORED("-renegotiate-ignore"),
    IGNORED("-reverify-on-resume"), // a session is resumed only under the trust that it was verified under
    IGNORED("-use-ticket-callback"),
    // What the engine does not tell; the runner sees it on the wire.
    IGNORED("-expect-extended-master-secret"),
    IGNORED("-expect-hrr"),
    IGNORED("-expect-no-hrr"),
    IGNORED("-expect-session-id"),
    IGNORED("-expect-no-session-id"),
    IGNORED("-expect-verify-result"),
    IGNORED("-expect-no-offer-early-data"),
    IGNORED("-expect-secure-renegotiation"),
    IGNORED_WITH_VALUE("-expect-early-data-reason"),
    IGNORED_WITH_VALUE("-expect-curve-id"),
    IGNORED_WITH_VALUE("-expect-peer-signature-algorithm"),
    IGNORED_WITH_VALUE("-expect-peer-verify-pref"),
    IGNORED_WITH_VALUE("-expect-peer-cert-file"),
    IGNORED_WITH_VALUE("-expect-cipher-aes"),
    IGNORED_WITH_VALUE("-expect-cipher-no-aes"),
    IGNORED_WITH_VALUE("-expect-total-renegotiations"),
    IGNORED_WITH_VALUE("-expect-advertised-alpn"),
    IGNORED_WITH_VALUE("-max-cert-list"),
    IGNORED_WITH_VALUE("-handshaker-path"),
};

// For the counts of run.mjs.
static void note_unimplemented(const char *what)
{
	const char *path = getenv("BOGO_UNIMPLEMENTED");
	FILE *notes = path ? fopen(path, "a") : NULL;

	if (!notes)
		return;
	fprintf(notes, "%s\n", what);
	fclose(notes);
}

void bogo_unimplemented(const char *what)
{
	fprintf(stderr, "not here: %s\n", what);
	note_unimplemented(what);
	exit(SHIM_UNIMPLEMENTED);
}

static const flag *find(const char *name)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(flags[i].name, name) == 0)
			return &flags[i];
	bogo_unimplemented(name);
	return NULL;
}

static bool has_value(const flag *f)
{
	return f->kind != IS_SET && f->kind != IS_IGNORED;
}

static void add(bogo_numbers *numbers, const char *value)
{
	if (numbers->count == MOST_NUMBERS)
		bogo_unimplemented("as many numbers");
	numbers->list[numbers->count++] = (uint16_t)strtoul(value, NULL, 10);
}

static void set(bogo_options *options, const flag *f, const char *value)
{
	void *member = (char *)options + f->offset;

	if (f->kind == IS_SET)
		*(bool *)member = true;
	else if (f->kind == IS_TEXT)
		*(const char **)member = value;
	else if (f->kind == IS_NUMBER)
		*(int *)member = atoi(value);
	else if (f->kind == IS_ID)
		*(uint64_t *)member = strtoull(value, NULL, 10);
	else if (f->kind == IS_LISTED)
		add(member, value);
}

static bool skip_prefix(const char **name, const char *prefix)
{
	const size_t length = strlen(prefix);

	if (strncmp(*name, prefix, length) != 0 || (*name)[length] != '-')
		return false;
	*name += length;
	return true;
}

static void set_ends(bogo_ends *ends, const char *name, const char *value)
{
	const bool for_initial = skip_prefix(&name, "-on-initial");
	const bool for_resumed = !for_initial && skip_prefix(&name, "-on-resume");
	const flag *f = find(name);

	if (!for_resumed)
		set(&ends->initial, f, value);
	if (!for_initial)
		set(&ends->resumed, f, value);
}

// Without its prefixes.
static const flag *flag_of(const char *name)
{
	if (!skip_prefix(&name, "-on-initial") && !skip_prefix(&name, "-on-resume") && skip_prefix(&name, "-on-retry"))
		bogo_unimplemented("0-RTT");
	return find(name);
}

bogo_ends bogo_options_read(int count, char **arguments)
{
	bogo_ends ends = {0};

	for (int i = 1; i < count; i++) {
		const char *name = arguments[i], *value = NULL;
		bool is_ours;

		skip_prefix(&name, "-on-shim");
		is_ours = !skip_prefix(&name, "-on-handshaker");
		if (has_value(flag_of(name)) && ++i < count)
			value = arguments[i];
		if (is_ours)
			set_ends(&ends, name, value);
	}
	return ends;
}
