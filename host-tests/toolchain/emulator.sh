#!/usr/bin/env bash
# Firmware for an emulated ESP32-C3:
#   emulator.sh                                  says what is missing to have one, and ends with status 1 then
#   emulator.sh MANIFEST OUT [KEY=VALUE]...      builds
#   emulator.sh run OUT NAME [OPTION]...         runs what was built; options are those of host-tests/device/run.mjs,
#                                                NAME is the folder of the manifest
set -euo pipefail
cd "$(dirname "$0")/../.."

host-tests/toolchain/moddable.sh esp32/esp32c3
# shellcheck disable=SC1091
IDF_EXPORT_QUIET=1 . "$IDF_PATH/export.sh"
machines=$(qemu-system-riscv32 -machine help 2>/dev/null || true)
if ! grep -q '^esp32c3 ' <<<"$machines"; then
	printf 'emulator: %s\n' "there is no qemu-system-riscv32 in the path that has the machine esp32c3; Debian's has not." \
		"ESP-IDF brings one: python \"\$IDF_PATH/tools/idf_tools.py\" install qemu-riscv32" >&2
	exit 1
fi
(($#)) || exit 0

if [[ $1 == run ]]; then
	folder=$2/bin/esp32/esp32c3/release/$3
	shift 3
	exec node host-tests/device/run.mjs --firmware "$folder" "$@"
fi

# Written only when they are others, for ESP-IDF configures itself anew then. A firmware may have some beside its manifest.
own=$(dirname "$1")/sdkconfig.defaults
export SDKCONFIGPATH=$PWD/build/device/sdkconfig
if [[ -f $own ]]; then
	SDKCONFIGPATH+=-$(basename "${own%/*}")
else
	own=/dev/null
fi
settings=$SDKCONFIGPATH/sdkconfig.defaults
mkdir -p "$SDKCONFIGPATH"
cat modules/tls/sdkconfig/sdkconfig.defaults host-tests/device/sdkconfig/sdkconfig.defaults "$own" >"$settings.new"
cmp -s "$settings.new" "$settings" || cp "$settings.new" "$settings"
rm "$settings.new"
host-tests/toolchain/moddable.sh esp32/esp32c3 "$@"
