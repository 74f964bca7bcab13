# `make help` lists the targets. Each does all of its own set-up; what it downloads is checked and kept in build/cache.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

override PORT := $(or $(PORT),8443)
ifneq ($(shell [[ '$(PORT)' =~ ^[0-9]{1,5}$$ ]] && (( 10#$(PORT) < 65536 )) && echo good),good)
$(error PORT is 0 to 65535, not "$(PORT)")
endif
VARIANT ?= release
VARIANTS := $(if $(filter engine-test,$(MAKECMDGOALS)),release debug m32 rv32 esp8266,release debug m32 device bench profile $(if $(filter mbedtls,$(MAKECMDGOALS)),pic))
ifneq ($(words $(VARIANT))$(filter-out $(VARIANTS),$(VARIANT)),1)
$(error VARIANT is one of $(strip $(VARIANTS)), not "$(VARIANT)")
endif
# VARIANT=device is the desk with this platform's memory.
PLATFORM ?= $(if $(filter device,$(VARIANT)),esp32c3,esp32)
# The SDK calls an ESP8266 esp.
DEVICE := $(patsubst esp,esp8266,$(lastword $(subst /, ,$(PLATFORM))))
ifneq ($(filter device,$(VARIANT))$(filter siege device-figures,$(MAKECMDGOALS)),)
ifneq ($(words $(PLATFORM))$(filter-out esp32 esp32c3 esp8266,$(DEVICE)),1)
$(error PLATFORM is one of esp32 esp32c3 esp, not "$(PLATFORM)")
endif
endif
ifneq ($(filter firmware flash-figures flash-parts bundle,$(MAKECMDGOALS)),)
ifneq ($(words $(PLATFORM))$(filter-out esp32 esp32/% esp esp/%,$(PLATFORM)),1)
$(error PLATFORM is esp32 or esp, or a board of one (esp32/esp32c3), not "$(PLATFORM)")
endif
endif
ifneq ($(and $(filter example,$(MAKECMDGOALS)),$(ON)),)
ifneq ($(words $(ON))$(filter-out simulator lin emulator esp32 esp32/% esp esp/%,$(ON)),1)
$(error ON is simulator, emulator, esp32, esp or a board of one (esp32/esp32c3), not "$(ON)")
endif
endif
ifneq ($(filter-out rv32imc lx106,$(CORE)),)
$(error CORE is rv32imc or lx106, not "$(CORE)")
endif
ifneq ($(filter-out yes no,$(BUNDLE)),)
$(error BUNDLE is yes or no, not "$(BUNDLE)")
endif
SECONDS ?= 60
ifneq ($(filter fuzz siege,$(MAKECMDGOALS)),)
# libFuzzer takes 0 for no end.
ifneq ($(shell [[ '$(SECONDS)' =~ ^[1-9][0-9]*$$ ]] && echo good),good)
$(error SECONDS is a whole number from 1 on, not "$(SECONDS)")
endif
ifneq ($(shell [[ '$(SEED)' =~ ^[0-9]*$$ ]] && echo good),good)
$(error SEED is a whole number, not "$(SEED)")
endif
endif
# One for each processor, of which a machine may have more than it has memory for.
ifndef JOBS
JOBS := $(shell n=$$(nproc); echo $$((n < 2 ? 2 : n > 8 ? 8 : n)))
endif
export JOBS

FIRMWARE := $(wildcard *.ts) $(shell find modules examples host-tests/programs -name '*.ts')
TOOLCHAIN := host-tests/toolchain
# For programs that make temporary files.
OWN_FOLDER := node host-tests/own-folder.mjs
DESK := build/desk/$(VARIANT)/desk
# Whose limits apply: those of the desk, unless it has the memory of a device.
LIMITS := $(if $(filter device,$(VARIANT)),$(DEVICE),desk)
DESK_OPTIONS = $$(node host-tests/modules.cjs $(LIMITS))
DESK_OPTIONS_device = --platform $(PLATFORM) $$(node host-tests/desk/preloads.mjs build/js)

# What the demo serves with: prepared is what `make identity` makes, device what the device makes for itself.
ifneq ($(filter-out prepared device,$(IDENTITY)),)
$(error IDENTITY is prepared or device, not $(IDENTITY))
endif
MANIFEST_prepared := manifest_prepared.json
MANIFEST_device := manifest.json
TRY_prepared = curl --cacert build/identity/ca.pem https://localhost:$(PORT)/
# The chip has a name, which nothing answers for here.
TRY_emulator = curl -k -o build/ca.crt https://localhost:$(PORT)/ca.crt; curl --cacert build/ca.crt --resolve device.local:$(PORT):127.0.0.1 https://device.local:$(PORT)/
TRY_device = curl -k -o build/ca.crt https://localhost:$(PORT)/ca.crt; curl --cacert build/ca.crt https://localhost:$(PORT)/
run simulator-build simulator: IDENTITY ?= prepared
# The ESP8266's preferences hold 63 bytes a value, and nothing else there holds a key.
ifeq ($(firstword $(subst /, ,$(PLATFORM))),esp)
ifeq ($(IDENTITY),device)
$(error IDENTITY=device needs a place for a key, which PLATFORM=$(PLATFORM) has not: IDENTITY=prepared)
endif
firmware: IDENTITY ?= prepared
else
firmware: IDENTITY ?= device
endif

# Variables for one target go to what it calls; a debugger wants the modules as they are.
firmware emulator-build device-site device-size: export BUNDLE ?= yes

EXAMPLE_NEEDS := $(if $(filter own-identity found-by-name first-contact,$(NAME)),,example-identities)
# One folder for all of them: XS is compiled once.
EXAMPLE_OUT := build/example/$(subst /,-,$(ON))
EXAMPLE_ON := $(patsubst simulator,lin,$(ON))
EXAMPLE_CONFIG = $(CONFIG) $(if $(SSID),"ssid=$(SSID)") $(if $(PASSWORD),"password=$(PASSWORD)")
EXAMPLE_TRY = node host-tests/desk/example.mjs "$(NAME)" $(PORT) --try
EXAMPLE_ELSEWHERE = $(TOOLCHAIN)/moddable.sh $(EXAMPLE_ON) && $(MAKE) --no-print-directory modules && \
	$(TOOLCHAIN)/moddable.sh $(EXAMPLE_ON) examples/$(NAME)/manifest.json $(EXAMPLE_OUT) $(if $(filter lin,$(EXAMPLE_ON)),port=$(PORT)) $(EXAMPLE_CONFIG) \
	$(if $(filter lin,$(EXAMPLE_ON)),&& $(EXAMPLE_TRY) && exec $(TOOLCHAIN)/simulator.sh $(EXAMPLE_OUT)/bin/lin/mc/release/$(NAME)/mc.so)
EXAMPLE_EMULATED = $(TOOLCHAIN)/emulator.sh && \
	$(TOOLCHAIN)/emulator.sh $$(node host-tests/device/example.mjs $(NAME) $(EXAMPLE_OUT)) $(EXAMPLE_OUT) $(CONFIG) && \
	$(EXAMPLE_TRY) && exec $(TOOLCHAIN)/emulator.sh run $(EXAMPLE_OUT) example --forward $(PORT):443
EXAMPLE_PLACE = $(if $(filter emulator,$(ON)),$(EXAMPLE_EMULATED),$(EXAMPLE_ELSEWHERE))

#: PORT=8443: where run, example and simulator serve
#: IDENTITY=prepared|device: whose identity run, simulator and firmware have
#: VARIANT=release|debug|m32|device: of build and run; of engine-test: release|debug|m32|rv32|esp8266
#: PLATFORM=esp32|esp32c3|esp: of firmware, flash-figures and flash-parts (esp32/... too), of VARIANT=device, of siege and device-figures; esp is the ESP8266
#: CORE=rv32imc|lx106: of cross-compile
#: MANIFEST=$PWD/manifest.json: of bundle
#: BUNDLE=no: firmware and the emulated one from single modules, as a debugger wants them; they are larger
#: NAME=hello, ON=simulator|emulator|esp32/...: which example, and where (the desk)
#: CONFIG="KEY=VALUE ...": what mc/config says more, for run, example, simulator and firmware: adminPassword=...
#: KEY=build/identity/server.key.pem: the key that is looked at before a prepared build: a published one is refused
#: SSID=... PASSWORD=...: the network that firmware joins
#: BENCH=GET: the rows of bench and profile with that in their name, or its table memory
#: JUDGES="wrk h2load ...": which of judges
#: BOGO=~/boringssl/ssl/test/runner, CASES="Resume-*;Shutdown-*": where bogo has the runner, and which of its cases
#: SECONDS=60: how long fuzz tries each, and how long a siege takes
#: JOBS=2: how many compilers run at once (one for each processor, 8 at most)
#: ARGS="server --host ...": what certs does
#: M32=gcc|cross: which compiler makes 32-bit programs, gcc -m32 or i686-linux-gnu-gcc
#: RUN_32=directly|qemu: how they run
help: ## list the targets
	@echo "Moddable HTTPS server"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26
	@echo "Variables:"
	@sed -n 's/^#: \([^:]*\): \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  %-34s %s\n' "$$name" "$$text"; done

# What the device makes for itself needs none of build/identity.
run: packages build $(if $(filter device,$(IDENTITY)),,identity) ## build all that is needed and serve the demo page on the desk
	@echo
	@echo "Try:   $(TRY_$(IDENTITY))"
	@echo "Stop:  Ctrl-C"
	@echo
	@exec $(if $(filter m32 device,$(VARIANT)),$(TOOLCHAIN)/variant32.sh run m32) $(DESK) $(DESK_OPTIONS) $(DESK_OPTIONS_$(VARIANT)) --resource dashboard+=build/dashboard $(if $(filter prepared,$(IDENTITY)),--resource build/identity) \
		--config host=localhost --config port=$(PORT) $(CONFIG:%=--config %) build/js/main.js

example: node_modules/.complete ## run an example on the desk: NAME=hello, or a list without NAME (ON=simulator, ON=emulator, ON=esp32/... for those)
	@node host-tests/desk/example.mjs "$(NAME)" $(PORT) $(if $(NAME),>/dev/null)
	@$(if $(NAME),$(MAKE) --no-print-directory packages $(if $(ON),,build) $(EXAMPLE_NEEDS))
	@$(if $(NAME),$(if $(ON),$(EXAMPLE_PLACE),$(EXAMPLE_TRY) && exec $(DESK) $$(node host-tests/desk/example.mjs "$(NAME)" $(PORT) $(CONFIG))))

# What these say is for who asks for them.
example-identities: identity
	@node certs/bin/certs.mjs server --as other --host other.local --if-needed >/dev/null
	@node certs/bin/certs.mjs client --name device-2 --if-needed >/dev/null
	@[ -e build/identity/x509_crt_bundle ] || node certs/bin/certs.mjs bundle --from mozilla build/identity/ca.pem >/dev/null

test: ## run every test, from lint to browser
	@$(TOOLCHAIN)/packages.sh build m32 rv32 format engine riscv xtensa browser curl dns peers stacks clients judges bench
	@$(MAKE) --no-print-directory node_modules/.complete
	@$(OWN_FOLDER) node host-tests/run-all.mjs

bench: ## instructions and CPU time beside a C server and Node: handshakes, requests, transfers; memory a connection
	@$(TOOLCHAIN)/packages.sh build m32 bench
	@$(MAKE) --no-print-directory js desk VARIANT=bench
	@$(MAKE) --no-print-directory desk VARIANT=m32
	@$(MAKE) --no-print-directory desk VARIANT=device
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/bench/bench.mk bench
	@$(OWN_FOLDER) node host-tests/bench/bench.mjs "$(BENCH)"

profile: ## byte codes of a request by function, and what it looks up: BENCH="another head" for other rows of bench
	@$(TOOLCHAIN)/packages.sh build
	@$(MAKE) --no-print-directory js desk VARIANT=profile
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/bench/bench.mk bench
	@$(OWN_FOLDER) node host-tests/bench/profile.mjs "$(BENCH)"

device-figures: ## what a server takes of a device's memory, step by step: PLATFORM=esp32c3, esp32, esp
	@$(MAKE) --no-print-directory packages build identity VARIANT=device
	@$(OWN_FOLDER) node host-tests/desk/device-figures.mjs $(if $(filter-out default file,$(origin PLATFORM)),$(DEVICE))

# Whatever it is asked for, no toolchain for a device is needed: the SDK's linker alone makes what is measured.
flash-figures: ## what TypeScript takes of a device's flash, by part and by module: PLATFORM=esp32/esp32c3 (needs MODDABLE)
	@$(TOOLCHAIN)/moddable.sh tools
	@$(TOOLCHAIN)/packages.sh build riscv
	@$(MAKE) --no-print-directory js cross-compile
	@node host-tests/flash/main.mjs $(if $(filter-out default file,$(origin PLATFORM)),$(PLATFORM),esp32/esp32c3)

flash-parts: ## what each part of the modules takes of a device's flash: PLATFORM=esp32/esp32c3 (needs MODDABLE)
	@$(TOOLCHAIN)/moddable.sh tools
	@$(MAKE) --no-print-directory js
	@node host-tests/flash/parts.mjs $(if $(filter-out default file,$(origin PLATFORM)),$(PLATFORM),esp32/esp32c3)

# The manifest's path goes to mcconfig: README.md, "In a project of your own".
bundle: ## print the manifest of a firmware whose modules are one: MANIFEST=$PWD/manifest.json PLATFORM=esp32/esp32c3 (needs MODDABLE)
	$(if $(MANIFEST),,$(error MANIFEST names no manifest: MANIFEST=$$PWD/manifest.json))
	@$(TOOLCHAIN)/moddable.sh tools
	@$(MAKE) --no-print-directory -s js >&2
	@node $(TOOLCHAIN)/bundle/main.mjs $(PLATFORM) "$(MANIFEST)" build/bundle/$(subst /,-,$(PLATFORM))

siege: ## the worst clients in random mixtures against a device's memory, for SECONDS (60): SEED=... repeats one, PLATFORM=esp32c3, esp32, esp
	@$(MAKE) --no-print-directory packages build identity VARIANT=device
	@$(OWN_FOLDER) node host-tests/siege/run.mjs --seconds $(SECONDS) $(if $(SEED),--seed $(SEED)) --platform $(if $(filter-out default file,$(origin PLATFORM)),$(DEVICE),esp32c3)

screenshots: ## pictures of the demo's dashboard under traffic, in docs/pictures
	@$(TOOLCHAIN)/packages.sh build m32 browser
	@$(MAKE) --no-print-directory build VARIANT=device
	@$(OWN_FOLDER) node host-tests/screenshots/take.mjs

# JUDGES="wrk h2load" names some of them, and only what those need is installed; --short is what `make test` has time for.
judges: ## public load tools against the server, one table
	@$(TOOLCHAIN)/packages.sh build $(or $(patsubst %,judge-%,$(filter-out --%,$(JUDGES))),judges)
	@$(MAKE) --no-print-directory build identity
	@$(OWN_FOLDER) node host-tests/judges/run.mjs $(JUDGES)

build: js desk dashboard ## compile the TypeScript and the desk host, and make the dashboard's page

dashboard: build/dashboard/index.html

build/dashboard/index.html: node_modules/.complete $(wildcard dashboard/*)
	@node dashboard/build.mjs

js: build/js/.complete ## compile the TypeScript only

build/js/.complete: node_modules/.complete tsconfig.json $(FIRMWARE)
	@rm -rf build/js
	@node_modules/.bin/tsc -p .
	@touch $@

# Both take a while the first time.
desk: mbedtls node_modules/.complete
	@[[ -e build/xs/$(VARIANT)/libxs.a ]] || echo "Compiling the XS engine ..."
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/desk/desk.mk VARIANT=$(VARIANT) desk

mbedtls: build/cache/mbedtls/source/.complete
	@[[ -e build/mbedtls/$(patsubst device,m32,$(patsubst profile,release,$(VARIANT:bench=release)))/libmbedtls.a ]] || echo "Compiling mbedTLS ..."
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f $(TOOLCHAIN)/mbedtls.mk VARIANT=$(VARIANT) mbedtls

# The scripts know whether the trees are those that MBEDTLS_DIR and FIAT_DIR ask for.
build/cache/mbedtls/source/.complete: always
	@$(TOOLCHAIN)/fiat-source.sh
	@$(TOOLCHAIN)/mbedtls-source.sh

packages:
	@$(TOOLCHAIN)/packages.sh build $(filter m32 rv32,$(VARIANT:device=m32))

node_modules/.complete: package-lock.json
	@$(TOOLCHAIN)/node.sh
	@echo "Installing npm packages from the lock file ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

identity: node_modules/.complete ## make a CA and a server certificate in build/identity, unless they are there
	@node certs/bin/certs.mjs server --out build/identity --if-needed \
		--host localhost --host $(shell hostname | tr 'A-Z_' 'a-z-').local --ip 127.0.0.1

ARGS ?= --help
certs: node_modules/.complete ## the certificate tool: make certs ARGS="server --host device.local"
	@node certs/bin/certs.mjs $(ARGS)

engine-test: packages build/cache/mbedtls/source/.complete ## unit tests of the C engine (VARIANT=rv32: on the instruction set of a device)
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/engine/engine.mk VARIANT=$(VARIANT) engine-test

constant-time: build/cache/mbedtls/source/.complete
	@$(TOOLCHAIN)/packages.sh build bench
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/engine/engine.mk VARIANT=release constant-time

fuzz: build/cache/mbedtls/source/.complete ## fuzz the C for SECONDS (60): engine, ClientHello, request heads, bundle, tickets, images, PEM and DER
	@$(TOOLCHAIN)/packages.sh build engine fuzz
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/fuzz/fuzz.mk VARIANT=debug fuzz-seeds
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/fuzz/fuzz.mk VARIANT=fuzz fuzz-programs
	@host-tests/fuzz/run.sh $(SECONDS)

fuzz-replay: packages build/cache/mbedtls/source/.complete
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/fuzz/fuzz.mk VARIANT=debug fuzz-replay

bogo: build/cache/mbedtls/source/.complete node_modules/.complete ## BoringSSL's test runner against the engine: BOGO=folder of its ssl/test/runner, CASES="Resume-*"
	@$(TOOLCHAIN)/packages.sh build bogo
	@host-tests/bogo/runner.sh "$(BOGO)" build/bogo/runner
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f host-tests/bogo/bogo.mk VARIANT=$(VARIANT) bogo-shim
	@$(OWN_FOLDER) node host-tests/bogo/run.mjs build/bogo/runner build/bogo/$(VARIANT)/shim "$(BOGO)" "$(CASES)"

cross-compile: build/cache/mbedtls/source/.complete ## compile the C for a RISC-V device, warnings are errors; CORE=lx106 for an Xtensa one
	@$(TOOLCHAIN)/packages.sh $(if $(filter lx106,$(CORE)),xtensa,riscv)
	@$(TOOLCHAIN)/xs.sh
	@$(MAKE) --no-print-directory -s -j$(JOBS) -f $(TOOLCHAIN)/cross-compile.mk cross-compile

# A key that is published is nobody's: firmware is not built with one.
KEY ?= build/identity/server.key.pem
check-key: node_modules/.complete
	@node certs/bin/certs.mjs samples check $(KEY)

package: packages node_modules/.complete ## the package that another project installs, in build/package
	@mkdir -p build/package && rm -f build/package/*.tgz
	@flock build/package.lock npm pack --offline --silent --pack-destination build/package

release-check: package ## whether that package is complete, small, and of the version that CHANGELOG.md begins with
	@$(OWN_FOLDER) node package/check.mjs build/package/*.tgz

modules: packages node_modules/.complete dashboard ## what must be there before a firmware of one's own includes the modules
	@$(MAKE) --no-print-directory mbedtls VARIANT=pic

# Before anything is built: whether there is an SDK to build with.
sdk-lin:
	@$(TOOLCHAIN)/moddable.sh lin

simulator-build: sdk-lin modules identity ## compile the firmware for the simulator of the Moddable SDK (needs MODDABLE)
	@$(if $(filter prepared,$(IDENTITY)),$(MAKE) --no-print-directory check-key)
	@$(TOOLCHAIN)/moddable.sh lin $(MANIFEST_$(IDENTITY)) build/simulator/$(IDENTITY) port=$(PORT) $(CONFIG)

simulator: simulator-build ## run it there, behind a display that nobody sees unless DISPLAY is set
	@echo
	@echo "Try:   $(TRY_$(IDENTITY))"
	@echo "Stop:  Ctrl-C"
	@echo
	@exec $(TOOLCHAIN)/simulator.sh build/simulator/$(IDENTITY)/bin/lin/mc/release/$(notdir $(CURDIR))/mc.so

simulator-test-build: sdk-lin modules identity
	@$(TOOLCHAIN)/moddable.sh lin host-tests/simulator/manifest.json build/simulator-test

# CLIENTS=http:PORT,webSocket:PORT,mqtt:PORT
simulator-client-build: sdk-lin modules identity
	@$(TOOLCHAIN)/moddable.sh lin host-tests/simulator-client/manifest.json build/simulator-client clients=$(CLIENTS)

firmware: ## build for a device: PLATFORM=esp32/esp32c3 SSID=... PASSWORD=... (needs MODDABLE and IDF_PATH)
	@$(TOOLCHAIN)/moddable.sh $(PLATFORM)
	@$(MAKE) --no-print-directory packages js dashboard build/cache/mbedtls/source/.complete \
		$(if $(filter prepared,$(IDENTITY)),identity check-key)
	@$(TOOLCHAIN)/moddable.sh $(PLATFORM) $(MANIFEST_$(IDENTITY)) build/firmware/$(IDENTITY)/$(subst /,-,$(PLATFORM)) $(CONFIG) \
		$(if $(SSID),"ssid=$(SSID)") $(if $(PASSWORD),"password=$(PASSWORD)")

# The chip that can be emulated.
EMULATED := esp32/esp32c3
emulator-build:
	@$(TOOLCHAIN)/emulator.sh
	@$(MAKE) --no-print-directory packages js dashboard build/cache/mbedtls/source/.complete
	@$(TOOLCHAIN)/emulator.sh host-tests/device/manifest.json build/device/demo

emulator: emulator-build ## run the demo on an emulated ESP32-C3 (needs MODDABLE, IDF_PATH and the emulator that ESP-IDF brings)
	@echo
	@echo "Try:   $(TRY_emulator)"
	@echo "Stop:  Ctrl-C"
	@echo
	@exec $(TOOLCHAIN)/emulator.sh run build/device/demo device --forward $(PORT):443

# Of a firmware that answers the tests' questions (host-tests/device/site).
device-site:
	@$(TOOLCHAIN)/emulator.sh
	@$(MAKE) --no-print-directory packages js build/cache/mbedtls/source/.complete
	@$(TOOLCHAIN)/emulator.sh host-tests/device/site/manifest.json build/device/site

device-size: emulator-build ## what the demo's image for an emulated ESP32-C3 is made of, beside one that has neither TLS nor HTTP
	@$(TOOLCHAIN)/emulator.sh host-tests/device/bare/manifest.json build/device/bare
	@echo "The demo"
	@node host-tests/flash/image.mjs build/device/demo/bin/esp32/esp32c3/release/device
	@echo
	@echo "Without TLS and HTTP"
	@node host-tests/flash/image.mjs build/device/bare/bin/esp32/esp32c3/release/bare

device-bench: device-site ## instructions of handshakes, requests and transfers, and memory, on an emulated ESP32-C3
	@$(OWN_FOLDER) node host-tests/device/bench.mjs

lint: node_modules/.complete js ## format, lint, types, layers, preload, natives
	@node_modules/.bin/biome check
	@node_modules/.bin/tsc -p host-tests
	@node_modules/.bin/tsc -p dashboard
	@node host-tests/lint/typings.mjs
	@node host-tests/lint/layers.mjs
	@node host-tests/lint/preload.mjs
	@node host-tests/lint/flash.mjs
	@node host-tests/lint/folders.mjs
	@node host-tests/lint/natives.mjs

format: node_modules/.complete ## format everything
	@node_modules/.bin/biome check --write
	@clang-format -i $$(find modules host-tests -name '*.[ch]')

clean: ## remove what was built; downloads stay
	@rm -rf dist
	@find build -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} +
	@echo "Removed dist/, and build/ but for build/cache"

.PHONY: always help run example example-identities test bench profile device-figures flash-figures flash-parts bundle siege screenshots judges build dashboard js desk mbedtls packages identity check-key engine-test bogo constant-time fuzz fuzz-replay \
	cross-compile lint format clean package release-check modules sdk-lin emulator-build emulator device-site device-bench device-size simulator-build simulator simulator-test-build simulator-client-build firmware
