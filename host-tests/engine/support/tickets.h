// Tickets as they are given and taken, without a handshake around them.

#ifndef ENGINE_TICKETS_H
#define ENGINE_TICKETS_H

#include "kinds.h"

typedef struct {
	kind_ends ends;
	xstls_session *session;
} ticket_giver;

ticket_giver tickets_begin(uint16_t version);
void tickets_end(ticket_giver *giver);
// A ticket of a session; its length.
size_t tickets_write(ticket_giver *giver, uint8_t *ticket, size_t capacity);
// Whether a session can be resumed by it.
bool tickets_read(ticket_giver *giver, const uint8_t *ticket, size_t length);

#endif
