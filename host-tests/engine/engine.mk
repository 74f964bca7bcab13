# Unit tests of the C engine: make -f host-tests/engine/engine.mk VARIANT=release|debug|m32|rv32|esp8266 engine-test
# Prints TAP. One program for each test-*.c, in the folder of the room that it is about; `engine-test-NAME` runs one. The
# certificates are made by openssl.

VARIANT ?= release

.DEFAULT_GOAL := engine-test

ifeq ($(and $(wildcard build/cache/mbedtls/source/.complete),$(wildcard build/cache/fiat/.complete)),)
$(shell { host-tests/toolchain/fiat-source.sh && host-tests/toolchain/mbedtls-source.sh; } >&2)
endif
include host-tests/toolchain/mbedtls.mk

ENGINE_DIR := host-tests/engine
ENGINE_OUT := build/engine/$(VARIANT)
ENGINE_IDENTITY := build/engine/identity
ENGINE_TESTS := $(sort $(shell find $(ENGINE_DIR) -name 'test-*.c'))
ENGINE_NAMES := $(patsubst test-%.c,%,$(notdir $(ENGINE_TESTS)))
ENGINE_SUPPORT := $(wildcard $(ENGINE_DIR)/support/*.c $(ENGINE_DIR)/wrapped/*.c $(ENGINE_DIR)/lwip/*.c)
# Taken over by the tests, in wrapped/: randomness (random.c), keys of an exchange (key-shares.c), the
# limit of records (record-limit.c), allocation (call-paths.c), time (clock.c). Counted: products on curves (products.c).
ENGINE_WRAPPED := mbedtls_ctr_drbg_random psa_export_public_key mbedtls_ssl_get_max_out_record_payload xstls_calloc \
	xstls_library_calloc xstls_port_now mbedtls_ms_time time \
	xstls_p256_multiply xstls_p256_multiply_add xstls_x25519 xstls_x25519_base xstls_p256_invert_scalar xstls_library_ecp_mul_restartable
ENGINE_CMOCKA_LIBS := -lcmocka

ifneq ($(VARIANT_32),)
ENGINE_RUN := host-tests/toolchain/variant32.sh run $(VARIANT)
# What they find does not hang on the width of a pointer. Paths of calls are told apart by glibc's backtrace().
ENGINE_LEFT_OUT := $(filter alloc-%,$(ENGINE_NAMES))
ENGINE_WHY_LEFT_OUT := failing allocations take minutes, and are tried on 64 bits
ENGINE_NAMES := $(filter-out $(ENGINE_LEFT_OUT),$(ENGINE_NAMES))
ENGINE_WRAPPED := $(filter-out xstls_calloc xstls_library_calloc,$(ENGINE_WRAPPED))
# Debian has cmocka for its own processors only: a small header stands in for it.
ENGINE_SUPPORT := $(filter-out %/alloc-faults.c %/call-paths.c,$(ENGINE_SUPPORT)) $(ENGINE_DIR)/cmocka/cmocka.c
ENGINE_CMOCKA_CFLAGS := -I$(ENGINE_DIR)/cmocka
ENGINE_CMOCKA_LIBS :=
endif
ifneq ($(filter rv32 esp8266,$(VARIANT)),)
ENGINE_SUPPORT += $(ENGINE_DIR)/rv32/port.c
endif
ifeq ($(VARIANT),esp8266)
# What hangs on the length of its buffers. It has no time and no long chains, which most of the others want.
ENGINE_NAMES := alpn damage data forged-flight handshake handshake-records key-update message-pieces one-record \
	passed-records selection splits
endif
ifeq ($(VARIANT),rv32)
# Nothing is beneath, so there are no threads.
ENGINE_NAMES := $(filter-out tasks,$(ENGINE_NAMES))
# Files, the clock and the exit status are the emulator's, by semihosting.
ENGINE_LDFLAGS_rv32 := --oslib=semihost --crt0=hosted -T $(ENGINE_DIR)/rv32/program.ld
endif
ENGINE_OBJECTS := $(patsubst %.c,$(ENGINE_OUT)/obj/%.o,$(notdir $(C_ENGINE_SOURCES) $(C_LWIP_SOURCES) $(ENGINE_SUPPORT)))

ENGINE_CFLAGS := $(MBEDTLS_CFLAGS_$(VARIANT)) -g -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror \
	-DTLS_ALLOC_COUNT $(C_MBEDTLS_DEFINE) \
	'-DENGINE_IDENTITY="$(ENGINE_IDENTITY)/"' $(ENGINE_CMOCKA_CFLAGS) \
	$(C_INCLUDES) $(C_LWIP_INCLUDES) -I$(ENGINE_DIR)/support -I$(ENGINE_DIR)/wrapped -I$(ENGINE_DIR)/lwip -isystem $(MBEDTLS_SOURCE)/include -isystem $(FIAT_SOURCE)

ENGINE_LDFLAGS := $(ENGINE_WRAPPED:%=-Wl,--wrap=%) $(ENGINE_LDFLAGS_$(VARIANT))

# What a server does for an identity is counted (test-psk-time.c).
$(ENGINE_OUT)/test-psk-time: ENGINE_LDFLAGS += -Wl,--wrap=mbedtls_sha256_update -Wl,--wrap=mbedtls_ct_memcmp

# What an RSA key has is loaded so often (test-rsa.c).
$(ENGINE_OUT)/test-rsa: ENGINE_LDFLAGS += -Wl,--wrap=xstls_port_rsa_load -Wl,--wrap=xstls_library_rsa_sign_hash

# How much is derived is counted, and one end not handed it (test-key-block.c).
$(ENGINE_OUT)/test-key-block: ENGINE_LDFLAGS += -Wl,--wrap=psa_key_derivation_output_bytes -Wl,--wrap=xstls_port_step

# How much heap is free is said by the test (test-long-records.c).
$(ENGINE_OUT)/test-long-records: ENGINE_LDFLAGS += -Wl,--wrap=xstls_port_measure_heap

# Signatures are made with other salts (test-salt.c).
$(ENGINE_OUT)/test-salt: ENGINE_LDFLAGS += -Wl,--wrap=mbedtls_rsa_rsassa_pss_sign

engine-test: $(ENGINE_NAMES:%=engine-test-%)
	@$(if $(VARIANT_32),echo "# $(words $(ENGINE_NAMES)) programs for $(VARIANT) were run: $$(host-tests/toolchain/variant32.sh way $(VARIANT))")
	@$(if $(ENGINE_LEFT_OUT),echo "# not run here: $(ENGINE_LEFT_OUT): $(ENGINE_WHY_LEFT_OUT)")

# On a processor that has instructions for it, as the other processor of m32 has not.
ifeq ($(VARIANT),m32)
engine-test: engine-test-gcm-aes
engine-test-gcm-aes: $(ENGINE_OUT)/test-gcm
	@$(ENGINE_DIR)/run-test.sh host-tests/toolchain/variant32.sh run m32-aes $<
endif

engine-programs: $(ENGINE_NAMES:%=$(ENGINE_OUT)/test-%)

$(ENGINE_NAMES:%=engine-test-%): engine-test-%: $(ENGINE_OUT)/test-% $(ENGINE_IDENTITY)/.complete
	@$(ENGINE_DIR)/run-test.sh $(ENGINE_RUN) $<

$(ENGINE_OUT)/test-%: $(ENGINE_OUT)/obj/test-%.o $(ENGINE_OBJECTS) $(MBEDTLS_OUT)/libmbedtls.a
	@$(COMPILER) $(MBEDTLS_CFLAGS_$(VARIANT)) $(ENGINE_LDFLAGS) -o $@ $< $(ENGINE_OBJECTS) \
		$(MBEDTLS_OUT)/libmbedtls.a $(ENGINE_CMOCKA_LIBS)

# Wants valgrind, and a compiler's usual optimisation.
CONSTANT_TIME := products signature
constant-time: $(CONSTANT_TIME:%=$(ENGINE_OUT)/constant-time-%)
	@$(ENGINE_DIR)/constant-time/run.sh $^

$(ENGINE_OUT)/constant-time-%: $(ENGINE_DIR)/constant-time/%.c $(patsubst %.c,$(ENGINE_OUT)/obj/%.o,$(notdir $(C_ENGINE_SOURCES))) $(MBEDTLS_OUT)/libmbedtls.a
	@$(COMPILER) $(ENGINE_CFLAGS) -o $@ $^

vpath %.c $(C_FOLDERS) $(sort $(dir $(ENGINE_TESTS) $(ENGINE_SUPPORT)))
$(ENGINE_OUT)/obj/%.o: %.c $(ENGINE_DIR)/engine.mk $(COMPILER_STAMP) | $(ENGINE_OUT)/obj
	@$(COMPILER) $(ENGINE_CFLAGS) -MMD -MP -c -o $@ $<

$(ENGINE_OUT)/obj:
	@mkdir -p $@

$(ENGINE_IDENTITY)/.complete: $(ENGINE_DIR)/make-identities.sh
	@$(ENGINE_DIR)/make-identities.sh $(ENGINE_IDENTITY)

-include $(wildcard $(ENGINE_OUT)/obj/*.d)

.SECONDARY:
.PHONY: engine-test engine-test-gcm-aes engine-programs constant-time $(ENGINE_NAMES:%=engine-test-%)
