# The XS engine as a static library: make -f host-tests/desk/xs/xs.mk VARIANT=release XS_SOURCES=DIR (see toolchain/xs.sh).

include host-tests/desk/variants.mk

VARIANT ?= release
XS_OUT := build/xs/$(VARIANT)
XS_INCLUDES := -Ihost-tests/desk -I$(XS_SOURCES)/includes -I$(XS_SOURCES)/platforms -I$(XS_SOURCES)/sources
XS_CFLAGS := $(DESK_CFLAGS_$(VARIANT)) $(DESK_XS_DEFINES) $(DESK_XS_DEFINES_$(VARIANT)) $(XS_INCLUDES) -w

XS_OBJECTS := $(patsubst $(XS_SOURCES)/sources/%.c,$(XS_OUT)/%.o,$(wildcard $(XS_SOURCES)/sources/*.c))
# This folder sees the inside of the engine. A device's memory is in a file of its own.
XS_OWN := $(patsubst %.c,%,$(notdir $(wildcard host-tests/desk/xs/*.c)))
ifeq ($(VARIANT),device)
XS_OWN := $(XS_OWN:xs-memory=xs-block) exact-room
endif
ifneq ($(VARIANT),profile)
XS_OWN := $(filter-out xs-profile,$(XS_OWN))
endif
XS_OWN_OBJECTS := $(XS_OWN:%=$(XS_OUT)/%.o)

$(XS_OUT)/libxs.a: $(XS_OBJECTS) $(XS_OWN_OBJECTS)
	@rm -f $@
	@$(ARCHIVER) rcs $@ $^
	@echo "xs: $@"

$(filter-out %/xsRun.o,$(XS_OBJECTS)): $(XS_OUT)/%.o: $(XS_SOURCES)/sources/%.c host-tests/desk/variants.mk $(COMPILER_STAMP) | $(XS_OUT)
	@$(COMPILER) $(XS_CFLAGS) -MMD -MP -c -o $@ $<

# Where the interpreter gains by xs-run.h; all other variants, a device's above all, have the SDK's as it is. Its byte code
# is a word there, which gcc need not cut to a byte before each jump. Of what is not found there nothing is made.
ifneq ($(filter release bench m32,$(VARIANT)),)
$(XS_OUT)/xsRun.o: XS_CFLAGS += -include xs/xs-run.h
$(XS_OUT)/xsRun.o: $(XS_OUT)/xsRun.c host-tests/desk/xs/xs-run.h host-tests/desk/variants.mk $(COMPILER_STAMP)
	@$(COMPILER) $(XS_CFLAGS) -MMD -MP -c -o $@ $<
$(XS_OUT)/xsRun.c: $(XS_SOURCES)/sources/xsRun.c host-tests/desk/xs/xs.mk | $(XS_OUT)
	@sed 's/c_setjmp(jump->buffer)/keepingState(jump->buffer)/; s/^\tregister txU1 byte = 0;/\tregister txU4 byte = 0;/' $< >$@.new
	@[ "$$(grep -c 'keepingState(\|txU4 byte = 0;' $@.new)" = 3 ] && mv $@.new $@
else ifeq ($(VARIANT),profile)
$(XS_OUT)/xsRun.o: XS_CFLAGS += -include xs/xs-profile.h
$(XS_OUT)/xsRun.o: $(XS_OUT)/xsRun.c host-tests/desk/xs/xs-profile.h host-tests/desk/variants.mk $(COMPILER_STAMP)
	@$(COMPILER) $(XS_CFLAGS) -MMD -MP -c -o $@ $<
$(XS_OUT)/xsRun.c: $(XS_SOURCES)/sources/xsRun.c host-tests/desk/xs/xs.mk | $(XS_OUT)
	@sed -e 's/goto \*bytes\[byte\]/counted(goto *bytes[byte])/' \
		-e 's/\(mxBehavior...Property\)(the, variable, (txID)offset/\1(lookedUp(variable), variable, (txID)offset/' $< >$@.new
	@[ "$$(grep -c 'counted(' $@.new) $$(grep -c 'lookedUp(' $@.new)" = "4 8" ] && mv $@.new $@
else
$(XS_OUT)/xsRun.o: $(XS_SOURCES)/sources/xsRun.c host-tests/desk/variants.mk $(COMPILER_STAMP) | $(XS_OUT)
	@$(COMPILER) $(XS_CFLAGS) -MMD -MP -c -o $@ $<
endif

vpath %.c host-tests/desk/xs
vpath xs-block.c host-tests/desk/device
vpath exact-room.c host-tests/desk/device
$(XS_OWN_OBJECTS): $(XS_OUT)/%.o: %.c host-tests/desk/variants.mk $(COMPILER_STAMP) | $(XS_OUT)
	@$(COMPILER) $(XS_CFLAGS) -Wall -Wextra -MMD -MP -c -o $@ $<

# Its number conversion compares keywords by reading a few bytes past short literals, which is harmless and not ours.
$(XS_OUT)/xsCommon.o: XS_CFLAGS += -fno-sanitize=all

$(XS_OUT):
	@mkdir -p $@

-include $(wildcard $(XS_OUT)/*.d)
