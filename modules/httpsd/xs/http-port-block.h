// XS's block on a device, of which platforms know.

#ifndef HTTP_PORT_BLOCK_H
#define HTTP_PORT_BLOCK_H

#include "xsAll.h"

// Bytes of it that neither slots nor chunks have taken; negative where XS takes what it wants from the system.
txSize xstls_port_block_free(txMachine *the);

#endif
