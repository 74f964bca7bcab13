#!/usr/bin/env bash
# Runs an application in the Moddable SDK's simulator for Linux until a signal comes: simulator.sh MC_SO
# Without a display it brings one that nobody sees. Ends with status 1 when the firmware stops at an uncaught exception.
set -euo pipefail

application=$(realpath "$1")
umask 077 # what it writes may hold its keys
simulator=${MODDABLE:?}/build/bin/lin/release/mcsim
state=$(mktemp -d)
children=()

stop() {
	trap - EXIT
	((${#children[@]})) && kill "${children[@]}" 2>/dev/null
	wait
	rm -rf "$state"
	exit "$1"
}
trap 'stop 0' INT TERM
trap 'stop 1' EXIT

if [[ -z ${DISPLAY:-} ]]; then
	command -v Xvfb >/dev/null || {
		echo "simulator: DISPLAY is not set and Xvfb is missing. Install it: sudo apt-get install xvfb" >&2
		exit 1
	}
	exec 3>"$state/display"
	setsid Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp >/dev/null 2>&1 &
	children+=($!)
	while [[ ! -s $state/display ]] && kill -0 "${children[-1]}" 2>/dev/null; do
		sleep 0.1
	done
	[[ -s $state/display ]] || { echo "simulator: Xvfb did not start" >&2; exit 1; }
	DISPLAY=:$(<"$state/display")
	export DISPLAY
fi

# A folder of its own and no session bus: otherwise a simulator that already runs would take this application over.
export XDG_CONFIG_HOME=$state NO_AT_BRIDGE=1
unset DBUS_SESSION_BUS_ADDRESS
mkdir "$state/tech.moddable.mcsim"
mkfifo "$state/output"
# The SDK's sockets write to connections that the peer has reset; SIGPIPE, once ignored, stays so in what is started.
(
	trap '' PIPE
	exec setsid stdbuf -oL "$simulator" "$application" >"$state/output" 2>/dev/null </dev/null
) &
children+=($!)

# The simulator lives on after an uncaught exception, with a message box.
while IFS= read -r line; do
	printf '%s\n' "$line"
	if [[ $line == "XS abort:"* ]]; then
		IFS= read -r -t 1 line && printf '%s\n' "$line"
		echo "simulator: the firmware stopped. Is its port free?" >&2
		exit 1
	fi
done <"$state/output" &
children+=($!)
wait "${children[-1]}" || exit 1
