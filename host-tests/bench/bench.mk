# What `make bench` needs besides the npm packages: the yardstick server on the same mbedTLS, and two identities.

VARIANT := release
include host-tests/toolchain/mbedtls.mk

BENCH_OUT := build/bench

.PHONY: bench
bench: $(BENCH_OUT)/c-server $(BENCH_OUT)/.identities

$(BENCH_OUT)/c-server: host-tests/bench/c-server.c modules/tls/tls-policy.c modules/tls/tls-alloc.c $(MBEDTLS_OUT)/libmbedtls.a
	@mkdir -p $(@D)
	@$(CC) -O2 -g1 -D_GNU_SOURCE -Wall -Wextra -DTLS_ALLOC_COUNT -Imodules/tls -isystem $(MBEDTLS_SOURCE)/include \
		'-DMBEDTLS_USER_CONFIG_FILE="tls-mbedtls-config.h"' -o $@ $^

$(BENCH_OUT)/.identities:
	@mkdir -p $(@D)
	@node certs/bin/certs.mjs server --out $(@D) --as p256 --key-type p-256 --host localhost --ip 127.0.0.1 --force >/dev/null
	@node certs/bin/certs.mjs server --out $(@D) --as rsa2048 --key-type rsa-2048 --host localhost --ip 127.0.0.1 --force >/dev/null
	@touch $@

.DEFAULT_GOAL := bench
