// Clients that keep their sessions, as programs do (row Z7), and servers that resume them.

#ifndef ENGINE_KEEPING_H
#define ENGINE_KEEPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pair.h"
#include "resumption/tls-resumption.h"

// What a session may be resumed by.
typedef struct {
	const char *name;
	uint16_t version;
	bool tickets;
} resumption_way;

extern const resumption_way ways[];
enum { WAYS = 3 };

typedef struct {
	uint8_t bytes[4096];
	size_t length;
} kept;

typedef struct {
	uint64_t from, to; // ms since 1970
} validity;

// Of the certificates of ec256 and of its CA, which was made before.
validity keeping_validity(void);

// A server with the identity ec256 that gives sessions for an hour.
xstls_config *keeping_server(const resumption_way *way, xstls_resumption *store);
// One with that identity and version, 0 for both.
xstls_config *keeping_server_as(const char *identity, uint16_t version, xstls_resumption *store);
// Takes over both configurations' references. A handshake that offers `offered`, which may be NULL, and asks for
// `name`, which may be NULL; `*taken` says whether the client took it.
pair keeping_connect_as(xstls_config *server, xstls_config *client, const char *name, const kept *offered, bool *taken);
// The usual client, which asks for device.local.
pair keeping_connect(xstls_config *server, uint16_t version, const kept *offered, bool *taken);
// Whether the server, whose reference it takes over, resumes the session of the usual client.
bool keeping_resumes(xstls_config *server, uint16_t version, const kept *session);
// What the client of an established pair may keep; length 0 for nothing. It is checked that it can be had once.
kept keeping_export(pair *both);
// A session of a full handshake with that server.
kept keeping_begin(xstls_config *server, uint16_t version);
// Both ends are established and agree that it was resumed, or was not.
void assert_resumed(const pair *both, bool resumed);

#endif
