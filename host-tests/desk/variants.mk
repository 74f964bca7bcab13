# What the variants of every C object on the desk have in common. Included by desk.mk and xs/xs.mk.
#   release  what `make run` starts
#   debug    AddressSanitizer and UndefinedBehaviorSanitizer, garbage collection at odd moments
#   bench    as release firmware is: without line numbers in the byte code, and not to be loaded anywhere
#   profile  that, and counts byte codes by function
#   m32      the same with 32 bits, for figures that compare with a device
#   device   that with a device's memory: device/

DESK_VARIANTS := release debug m32 bench profile device
VARIANT ?= release
ifeq ($(filter $(VARIANT),$(DESK_VARIANTS)),)
$(error VARIANT is one of $(DESK_VARIANTS), not "$(VARIANT)")
endif
include host-tests/toolchain/compiler.mk

DESK_CFLAGS_release := -O2 -g1
DESK_CFLAGS_debug := -O1 -g -fno-omit-frame-pointer -fsanitize=address
DESK_CFLAGS_m32 := -O2 -g1
DESK_CFLAGS_bench := -O2 -g1 -fno-pie
DESK_CFLAGS_profile := $(DESK_CFLAGS_bench)
DESK_CFLAGS_device := $(DESK_CFLAGS_m32)
DESK_LDFLAGS_release :=
DESK_LDFLAGS_bench := -no-pie
DESK_LDFLAGS_profile := $(DESK_LDFLAGS_bench)
# Who asks for room, asks exact-room.c first.
DESK_LDFLAGS_device := -Wl,--wrap=xs_xstls_xs_has_room -Wl,--wrap=xs_xstls_xs_make_room
DESK_LDFLAGS_debug := -fsanitize=address,undefined

# Undefined behaviour is looked for in this project's own C only: the engine's interpreter lives on unaligned loads.
DESK_OWN_CFLAGS_debug := -fsanitize=undefined -fno-sanitize-recover=undefined

# Everything that includes an XS header must see the same defines, or structures differ.
# mxDebug gives stack traces with file and line; mxNoConsole keeps the engine from writing to stdout by itself.
DESK_XS_DEFINES := \
	-DINCLUDE_XSPLATFORM -DXSPLATFORM=\"xs/xs-platform.h\" \
	-DmxParse=1 -DmxRun=1 -DmxSloppy=1 -DmxLockdown=1 -DmxBoundsCheck=1 -DmxMinusZero=1 \
	-DmxNoConsole=1 -D_GNU_SOURCE -fno-common
# What the SDK builds for no device, a device's desk has neither.
ifneq ($(VARIANT),device)
DESK_XS_DEFINES += -DmxRegExpUnicodePropertyEscapes=1 -DmxStringNormalize=1
endif
DESK_XS_DEFINES_release := -DmxDebug=1
DESK_XS_DEFINES_device := -DmxDebug=1 -DDESK_DEVICE=1
# A collection can be forced at any allocation, and freed slots are poisoned for AddressSanitizer.
DESK_XS_DEFINES_debug := -DmxDebug=1 -DmxStress=1 -DmxPoisonSlots=1

# The modules' allocator counts, but for a device's: there it is compiled as for one, and its heap counts.
DESK_ALLOC_release := -DTLS_ALLOC_COUNT
DESK_ALLOC_debug := -DTLS_ALLOC_COUNT
DESK_ALLOC_m32 := -DTLS_ALLOC_COUNT
DESK_ALLOC_bench := -DTLS_ALLOC_COUNT
DESK_ALLOC_profile := -DTLS_ALLOC_COUNT
DESK_ALLOC_device := -Dcalloc=chargedCalloc -Dfree=chargedFree
