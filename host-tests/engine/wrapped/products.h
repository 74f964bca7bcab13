// How many products crypto/tls-ecp.c has had made, counted by the linker's --wrap: what a handshake costs when it is
// not asked no result shows.

#ifndef ENGINE_PRODUCTS_H
#define ENGINE_PRODUCTS_H

typedef struct {
	unsigned p256, x25519, x25519_base, sums, inverses, library; // the last are mbedTLS's own
} products;

extern products products_made;

#endif
