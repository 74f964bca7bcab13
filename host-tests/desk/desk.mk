# The desk host: make -f host-tests/desk/desk.mk VARIANT=release, or included by the root Makefile.
# Gives build/desk/$(VARIANT)/desk. The C files of the modules are compiled in; they want
# build/mbedtls/VARIANT/libmbedtls.a (host-tests/toolchain/mbedtls.mk). DESK_TLS_EXCLUDE=modules/% leaves them out.

include host-tests/desk/variants.mk
include host-tests/toolchain/sources.mk

VARIANT ?= release
DESK_FOLDER := host-tests/desk
DESK_XS := build/cache/xs-0.15.0/moddable/xs
DESK_OUT := build/desk/$(VARIANT)
DESK_LIBXS := build/xs/$(VARIANT)/libxs.a

DESK_TLS_SOURCES := $(filter-out $(DESK_TLS_EXCLUDE),$(C_SOURCES))
DESK_TLS_SOURCES += $(if $(DESK_TLS_SOURCES),$(wildcard $(DESK_FOLDER)/tls/*.c))
ifeq ($(VARIANT),device)
DESK_TLS_SOURCES := $(DESK_TLS_SOURCES:%/tls-port-heap.c=$(DESK_FOLDER)/device/tls/device-port-heap.c)
endif
DESK_MBEDTLS_INCLUDE ?= build/cache/mbedtls/source/include
DESK_FIAT_INCLUDE ?= build/cache/fiat
ifneq ($(DESK_TLS_SOURCES),)
DESK_MBEDTLS_CFLAGS := -isystem $(DESK_MBEDTLS_INCLUDE) -isystem $(DESK_FIAT_INCLUDE) $(C_INCLUDES) $(C_MBEDTLS_DEFINE)
DESK_MBEDTLS_LIBS := build/mbedtls/$(MBEDTLS_VARIANT)/libmbedtls.a
endif

# xs/, device/xs-block.c and device/exact-room.c belong to the engine's library.
DESK_ROOMS := common natives loop sockets storage $(if $(filter device,$(VARIANT)),device)
DESK_NOT_HERE := $(DESK_FOLDER)/device/xs-block.c $(DESK_FOLDER)/device/exact-room.c $(if $(filter device,$(VARIANT)),$(DESK_FOLDER)/desk-variant.c)
DESK_SOURCES := $(filter-out $(DESK_NOT_HERE),$(wildcard $(DESK_FOLDER)/*.c $(DESK_ROOMS:%=$(DESK_FOLDER)/%/*.c)))
DESK_OBJECTS := $(DESK_SOURCES:$(DESK_FOLDER)/%.c=$(DESK_OUT)/%.o)
DESK_TLS_OBJECTS := $(patsubst %.c,$(DESK_OUT)/tls/%.o,$(notdir $(DESK_TLS_SOURCES)))

DESK_XS_CFLAGS := $(DESK_XS_DEFINES) $(DESK_XS_DEFINES_$(VARIANT)) \
	-I$(DESK_FOLDER) -isystem $(DESK_XS)/includes -isystem $(DESK_XS)/platforms -isystem $(DESK_XS)/sources
DESK_CFLAGS := $(DESK_CFLAGS_$(VARIANT)) $(DESK_OWN_CFLAGS_$(VARIANT)) -std=gnu11 -Wall -Wextra -MMD -MP $(DESK_XS_CFLAGS)

.PHONY: desk
desk: $(DESK_OUT)/desk

$(DESK_OUT)/desk: $(DESK_OBJECTS) $(DESK_OUT)/native-table.o $(DESK_TLS_OBJECTS) $(DESK_LIBXS) $(DESK_MBEDTLS_LIBS)
	@$(COMPILER) $(DESK_CFLAGS_$(VARIANT)) $(DESK_LDFLAGS_$(VARIANT)) -o $@ $(DESK_OBJECTS) $(DESK_OUT)/native-table.o $(DESK_TLS_OBJECTS) $(DESK_LIBXS) \
		$(DESK_MBEDTLS_LIBS) -lm -lpthread
	@echo "desk: $@"

# The script looks after its own dependencies; its answer costs little, and the library keeps its date.
.PHONY: desk-xs
desk-xs:
	@+host-tests/toolchain/xs.sh $(VARIANT)
$(DESK_LIBXS): desk-xs ;

$(DESK_OBJECTS): $(DESK_OUT)/%.o: $(DESK_FOLDER)/%.c $(DESK_FOLDER)/variants.mk $(COMPILER_STAMP) | desk-xs $(DESK_OUT)/tls
	@mkdir -p $(@D)
	@$(COMPILER) $(DESK_CFLAGS) -DDESK_BUILTINS='"$(abspath $(DESK_FOLDER)/modules)"' -c -o $@ $<

$(DESK_OUT)/native-table.o: $(DESK_OUT)/native-table.c $(COMPILER_STAMP) | desk-xs
	@$(COMPILER) $(DESK_CFLAGS) -c -o $@ $<

vpath %.c $(C_FOLDERS) $(DESK_FOLDER)/tls $(DESK_FOLDER)/device/tls
$(DESK_TLS_OBJECTS): $(DESK_OUT)/tls/%.o: %.c $(DESK_FOLDER)/variants.mk $(COMPILER_STAMP) $(DESK_MBEDTLS_LIBS) | desk-xs $(DESK_OUT)/tls
	@$(COMPILER) $(DESK_CFLAGS) $(DESK_MBEDTLS_CFLAGS) $(DESK_ALLOC) -c -o $@ $<
$(DESK_OUT)/tls/tls-alloc.o: DESK_ALLOC := $(DESK_ALLOC_$(VARIANT))

DESK_NATIVE_USERS = $(shell find modules $(DESK_FOLDER)/modules \( -name '*.ts' -o -name '*.js' \) ! -name '*.d.ts' | sort)

.PHONY: desk-natives
desk-natives: | $(DESK_OUT)/tls
	@node $(DESK_FOLDER)/natives/natives.mjs $(DESK_OUT)/native-table.c $(DESK_NATIVE_USERS)
$(DESK_OUT)/native-table.c: desk-natives ;

$(DESK_OUT)/tls:
	@mkdir -p $@

-include $(wildcard $(DESK_OUT)/*.d $(DESK_OUT)/*/*.d)
