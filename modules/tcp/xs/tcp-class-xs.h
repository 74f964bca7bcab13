// What Listener knows of the class TCP.

#ifndef TCP_CLASS_XS_H
#define TCP_CLASS_XS_H

#include "tcp-xs.h"

// Gives the object in `slot`, which was made without options and has no connection, that one.
void xstls_tcp_give(xsMachine *the, xsSlot *slot, xstls_connection *connection);

#endif
