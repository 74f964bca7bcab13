// The flags that BoringSSL's test runner (BoGo) gives its shim, as far as this engine has what they ask for.

#ifndef BOGO_OPTIONS_H
#define BOGO_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SHIM_UNIMPLEMENTED = 89, // the status by which the runner counts a case as skipped
	MOST_NUMBERS = 16,
};

typedef struct {
	uint16_t list[MOST_NUMBERS];
	int count;
} bogo_numbers;

// Of one connection. A flag without a prefix is for all, `-on-initial-...` for the first, `-on-resume-...` for the
// others.
typedef struct {
	bool is_server, is_ipv6;
	int port, resume_count;
	uint64_t shim_id;
	const char *key_file, *cert_file, *trust_file;
	const char *host_name, *expect_server_name;
	const char *advertise_alpn, *select_alpn, *expect_alpn;
	bool rejects_alpn;
	const char *psk, *psk_identity;
	int min_version, max_version, expect_version, expect_cipher;
	bool no_tls13, no_tls12;
	bogo_numbers curves, signing, verifying;
	bool requires_certificate, verifies_peer, fails_to_verify;
	bool complies_with_fips, complies_with_wpa;
	const char *cipher;
	bool no_ticket, expects_miss, expects_no_session, expects_renewal;
	bool is_async, chooses_identity, refuses_early;
	bool writes_first, shuts_down, checks_close_notify, writes_many_sizes, never_done;
	int read_size, most_sent;
	int export_length;
	const char *export_label, *export_context;
	bool uses_export_context;
} bogo_options;

typedef struct {
	bogo_options initial, resumed;
} bogo_ends;

// Ends the program with SHIM_UNIMPLEMENTED where a flag asks for what is not there.
bogo_ends bogo_options_read(int count, char **arguments);
void bogo_unimplemented(const char *what);

#endif
