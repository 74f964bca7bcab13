// Every kind of handshake that this project does, for the tests that have to go through all of them.

#ifndef ENGINE_KINDS_H
#define ENGINE_KINDS_H

#include "keeping.h"
#include "pair.h"
#include "resumption/tls-resumption.h"

typedef struct {
	const char *name;
	const char *identity;        // of the server, NULL for none
	const char *client_identity; // NULL: no certificate is asked for
	const char *suite;           // the only one; NULL for the default list
	const char *server_group;    // the only one; one that the client does not begin with makes a HelloRetryRequest
	uint16_t version;            // 0 for both
	bool psk;
	bool tickets;
	bool cache;
	bool selects; // the server chooses its identity by the ClientHello
} handshake_kind;

extern const handshake_kind handshake_kinds[];
extern const size_t handshake_kind_count;

// Both ends of one kind. Of those that resume, the handshake that is resumed has been.
typedef struct {
	const handshake_kind *kind;
	xstls_config *server;
	xstls_config *client;
	xstls_resumption *store; // NULL when nothing is resumed
	kept kept;               // by the client
	uint8_t cached[2048];    // the same, as mbedTLS serializes it
	size_t cached_length;
	uint8_t entry[512]; // of the cache
	size_t entry_length;
} kind_ends;

kind_ends kind_set_up(const handshake_kind *kind);
void kind_tear_down(kind_ends *ends);
// Takes back what connections have changed in the store.
void kind_rewind(kind_ends *ends);
// A new session of that end; the client's offers what was kept. NULL when memory is short.
xstls_session *kind_server(kind_ends *ends);
xstls_session *kind_client(kind_ends *ends);
// To be called when a server has been fed: where it selects, it is given its identity.
void kind_select(kind_ends *ends, xstls_session *server);
// As pair_run.
void kind_run(kind_ends *ends, pair *both);

#endif
