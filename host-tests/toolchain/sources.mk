# The C of the modules: which files there are, in which folders, and how their headers are found. Object files go by base
# name alone, as in the SDK, so each base name is there once.

C_SOURCES := $(sort $(shell find modules -name '*.c'))
C_HEADERS := $(sort $(shell find modules -name '*.h'))
C_FOLDERS := $(sort $(dir $(C_SOURCES)))
# On lwIP, which devices have: tests of its engine have a fake in its place, and its glue wants the SDK's own headers.
C_LWIP_SOURCES := $(filter modules/tcp/engine/%,$(C_SOURCES))
C_LWIP_INCLUDES := -isystem host-tests/engine/lwip
C_SOURCES := $(filter-out modules/tcp/%,$(C_SOURCES))
# What wants the headers of XS's machine, which come with a platform.
C_XS_SOURCES := modules/httpsd/xs/http-xs-heap-xs.c modules/httpsd/xs/http-port-block.c
# Without XS.
C_ENGINE_SOURCES := $(filter-out %-xs.c $(C_XS_SOURCES),$(C_SOURCES))
# mbedTLS is built for some variants of the desk as for others.
MBEDTLS_VARIANT := $(patsubst device,m32,$(patsubst profile,release,$(patsubst bench,release,$(VARIANT))))
# A header of another room is named with its room: "record/tls-records.h".
C_INCLUDES := -Imodules/text/engine -Imodules/tls/engine -Imodules/identity/engine -Imodules/httpsd/engine
# That of the ESP8266 is tried on this machine.
C_MBEDTLS_NAME := tls-mbedtls-config$(if $(filter esp8266,$(VARIANT)),-esp8266).h
C_MBEDTLS_CONFIG := modules/tls/engine/port/tls-mbedtls-config.h $(filter %-esp8266.h,modules/tls/engine/port/$(C_MBEDTLS_NAME))
C_MBEDTLS_DEFINE := '-DMBEDTLS_USER_CONFIG_FILE="port/$(C_MBEDTLS_NAME)"'
