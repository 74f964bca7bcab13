# Unit tests of the C engine: make -f host-tests/engine/engine.mk VARIANT=release|debug|m32 engine-test
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
# Failing allocations take a minute, and what they find does not hang on the width of a pointer.
ENGINE_NAMES := $(filter-out $(if $(filter m32,$(VARIANT)),alloc-%),$(ENGINE_NAMES))
ENGINE_SUPPORT := $(wildcard $(ENGINE_DIR)/support/*.c)
ENGINE_OBJECTS := $(patsubst %.c,$(ENGINE_OUT)/obj/%.o,$(notdir $(C_ENGINE_SOURCES) $(ENGINE_SUPPORT))) \
	$(if $(filter m32,$(VARIANT)),$(ENGINE_OUT)/obj/cmocka.o)

# cmocka comes from Debian's libcmocka-dev, which has no 32-bit library: there a small header stands in for it.
ENGINE_CMOCKA_CFLAGS_m32 := -I$(ENGINE_DIR)/m32
ENGINE_CMOCKA_LIBS := $(if $(filter m32,$(VARIANT)),,-lcmocka)

ENGINE_CFLAGS := $(MBEDTLS_CFLAGS_$(VARIANT)) -g -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror \
	-DTLS_ALLOC_COUNT $(C_MBEDTLS_DEFINE) \
	'-DENGINE_IDENTITY="$(ENGINE_IDENTITY)/"' $(ENGINE_CMOCKA_CFLAGS_$(VARIANT)) \
	$(C_INCLUDES) -I$(ENGINE_DIR)/support -isystem $(MBEDTLS_SOURCE)/include -isystem $(FIAT_SOURCE)

# Taken over by the tests: randomness (random.c), allocation (call-paths.c), time (clock.c). Counted: steps on curves (curve-steps.c).
ENGINE_WRAPPED := mbedtls_ctr_drbg_random tls_calloc tls_port_now mbedtls_ms_time time \
	mbedtls_internal_ecp_double_jac mbedtls_internal_ecp_double_add_mxz
ENGINE_LDFLAGS := $(ENGINE_WRAPPED:%=-Wl,--wrap=%)

# What a server does for an identity is counted (test-psk-time.c).
$(ENGINE_OUT)/test-psk-time: ENGINE_LDFLAGS += -Wl,--wrap=mbedtls_sha256_update -Wl,--wrap=mbedtls_ct_memcmp

engine-test: $(ENGINE_NAMES:%=engine-test-%)
engine-programs: $(ENGINE_NAMES:%=$(ENGINE_OUT)/test-%)

$(ENGINE_NAMES:%=engine-test-%): engine-test-%: $(ENGINE_OUT)/test-% $(ENGINE_IDENTITY)/.complete
	@$(ENGINE_DIR)/run-test.sh $<

$(ENGINE_OUT)/test-%: $(ENGINE_OUT)/obj/test-%.o $(ENGINE_OBJECTS) $(MBEDTLS_OUT)/libmbedtls.a
	@$(CC) $(MBEDTLS_CFLAGS_$(VARIANT)) $(ENGINE_LDFLAGS) -o $@ $< $(ENGINE_OBJECTS) \
		$(MBEDTLS_OUT)/libmbedtls.a $(ENGINE_CMOCKA_LIBS)

# Wants valgrind, and a compiler's usual optimisation.
constant-time: $(ENGINE_OUT)/constant-time
	@$(ENGINE_DIR)/constant-time/run.sh $<

$(ENGINE_OUT)/constant-time: $(ENGINE_DIR)/constant-time/steps.c $(patsubst %,$(ENGINE_OUT)/obj/tls-%.o,alloc curves curve-p256 curve-25519) $(MBEDTLS_OUT)/libmbedtls.a
	@$(CC) $(ENGINE_CFLAGS) -o $@ $^

vpath %.c $(C_FOLDERS) $(sort $(dir $(ENGINE_TESTS) $(ENGINE_SUPPORT)))
$(ENGINE_OUT)/obj/%.o: %.c $(ENGINE_DIR)/engine.mk | $(ENGINE_OUT)/obj
	@$(CC) $(ENGINE_CFLAGS) -MMD -MP -c -o $@ $<

$(ENGINE_OUT)/obj/cmocka.o: $(ENGINE_DIR)/m32/cmocka.c $(ENGINE_DIR)/m32/cmocka.h | $(ENGINE_OUT)/obj
	@$(CC) $(ENGINE_CFLAGS) -c -o $@ $<

$(ENGINE_OUT)/obj:
	@mkdir -p $@

$(ENGINE_IDENTITY)/.complete: $(ENGINE_DIR)/make-identities.sh
	@$(ENGINE_DIR)/make-identities.sh $(ENGINE_IDENTITY)

-include $(wildcard $(ENGINE_OUT)/obj/*.d)

.SECONDARY:
.PHONY: engine-test engine-programs constant-time $(ENGINE_NAMES:%=engine-test-%)
