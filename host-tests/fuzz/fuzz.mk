# Fuzzing: make -f host-tests/fuzz/fuzz.mk VARIANT=fuzz (libFuzzer, clang) or VARIANT=debug (gcc, replays only).
# FUZZ_NAMES are the targets; what they start from is made in build/fuzz/seeds from handshakes that are recorded then.

VARIANT ?= debug

ifeq ($(VARIANT),fuzz)
CC := clang
endif
MBEDTLS_CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link
include host-tests/engine/engine.mk
.DEFAULT_GOAL := fuzz-programs

FUZZ_DIR := host-tests/fuzz
FUZZ_OUT := build/fuzz/$(VARIANT)
FUZZ_SEEDS := build/fuzz/seeds
FUZZ_NAMES := $(patsubst $(FUZZ_DIR)/fuzz-%.c,%,$(wildcard $(FUZZ_DIR)/fuzz-*.c))
FUZZ_SUPPORT := $(filter-out $(FUZZ_DIR)/fuzz-%.c $(FUZZ_DIR)/replay.c,$(wildcard $(FUZZ_DIR)/*.c))
FUZZ_OBJECTS := $(FUZZ_SUPPORT:$(FUZZ_DIR)/%.c=$(FUZZ_OUT)/obj/%.o) \
	$(if $(filter fuzz,$(VARIANT)),,$(FUZZ_OUT)/obj/replay.o)
FUZZ_WRAPPED := psa_aead_encrypt psa_aead_decrypt mbedtls_ct_memcmp
FUZZ_LDFLAGS := $(ENGINE_LDFLAGS) $(FUZZ_WRAPPED:%=-Wl,--wrap=%) \
	$(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer)

FUZZ_SANITIZERS := UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

ifeq ($(VARIANT),fuzz)
# Arithmetic and ciphers are not what is sought here, and would take nine tenths of the time.
PLAIN := big% ec% ae% gc% sha% chach% pol%
$(PLAIN:%=$(MBEDTLS_OUT)/obj/library/%.o): MBEDTLS_CFLAGS += -O2 -fno-sanitize=all
$(ENGINE_OUT)/obj/tls-p256%.o $(ENGINE_OUT)/obj/tls-x25519.o $(ENGINE_OUT)/obj/tls-words.o \
$(ENGINE_OUT)/obj/tls-montgomery.o $(ENGINE_OUT)/obj/tls-power.o $(ENGINE_OUT)/obj/tls-port-sha256.o \
$(ENGINE_OUT)/obj/tls-port-library-%.o: ENGINE_CFLAGS += -O2 -fno-sanitize=all
endif

fuzz-programs: $(FUZZ_NAMES:%=$(FUZZ_OUT)/fuzz-%)
fuzz-seeds: $(FUZZ_NAMES:%=$(FUZZ_SEEDS)/%/.complete)
fuzz-replay: $(FUZZ_NAMES:%=fuzz-replay-%)

$(FUZZ_NAMES:%=fuzz-replay-%): fuzz-replay-%: $(FUZZ_OUT)/fuzz-% $(FUZZ_SEEDS)/%/.complete
	@$(FUZZ_SANITIZERS) $< $(FUZZ_SEEDS)/$* >$(FUZZ_OUT)/$*.log 2>&1 && echo "ok - fuzz $*: $$(tail -1 $(FUZZ_OUT)/$*.log)" || \
		{ cat $(FUZZ_OUT)/$*.log; echo "not ok - fuzz $*"; exit 1; }

$(FUZZ_SEEDS)/%/.complete: build/fuzz/debug/fuzz-% $(ENGINE_IDENTITY)/.complete
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(FUZZ_SANITIZERS) $< --seeds $(@D)
	@touch $@

$(FUZZ_OUT)/fuzz-%: $(FUZZ_OUT)/obj/fuzz-%.o $(FUZZ_OBJECTS) $(ENGINE_OBJECTS) $(MBEDTLS_OUT)/libmbedtls.a
	@$(COMPILER) $(MBEDTLS_CFLAGS_$(VARIANT)) $(FUZZ_LDFLAGS) -o $@ $< $(FUZZ_OBJECTS) $(ENGINE_OBJECTS) \
		$(MBEDTLS_OUT)/libmbedtls.a $(ENGINE_CMOCKA_LIBS)

$(FUZZ_OUT)/obj/%.o: $(FUZZ_DIR)/%.c $(FUZZ_DIR)/fuzz.mk $(COMPILER_STAMP) | $(FUZZ_OUT)/obj
	@$(COMPILER) $(ENGINE_CFLAGS) -I$(FUZZ_DIR) -MMD -MP -c -o $@ $<

$(FUZZ_OUT)/obj:
	@mkdir -p $@

-include $(wildcard $(FUZZ_OUT)/obj/*.d)

.PHONY: fuzz-programs fuzz-seeds fuzz-replay $(FUZZ_NAMES:%=fuzz-replay-%)
