# The yardstick server of `make bench`, on the same mbedTLS as the desk host. BENCH_VARIANT=release.

VARIANT ?= release
include host-tests/toolchain/mbedtls.mk

bench-server: build/bench/c-server

build/bench/c-server: host-tests/bench/c-server.c modules/tls/tls-policy.c modules/tls/tls-alloc.c $(MBEDTLS_OUT)/libmbedtls.a
	@mkdir -p $(@D)
	@$(CC) -O2 -g1 -D_GNU_SOURCE -Wall -Wextra -DTLS_ALLOC_COUNT -Imodules/tls -I$(MBEDTLS_SOURCE)/include \
		'-DMBEDTLS_USER_CONFIG_FILE="tls-mbedtls-config.h"' -o $@ $^

.DEFAULT_GOAL := bench-server
.PHONY: bench-server
