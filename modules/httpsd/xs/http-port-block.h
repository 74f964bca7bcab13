// XS's block on a device, of which platforms know.

#ifndef HTTP_PORT_BLOCK_H
#define HTTP_PORT_BLOCK_H

#include "xsAll.h"

// Bytes of it that neither slots nor chunks have taken; negative where XS takes what it wants from the system.
txSize xstls_port_block_free(txMachine *the);

// So many bytes of the lowest slots, from `lowest` on, are nobody's again. 0 where the block's slots do not begin there.
txBoolean xstls_port_block_give_back(txMachine *the, const txSlot *lowest, txSize bytes);

#endif
