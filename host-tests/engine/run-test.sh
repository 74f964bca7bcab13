#!/usr/bin/env bash
# Runs one test program and prints TAP: run-test.sh [COMMAND...] PROGRAM. A program that dies (a sanitizer's report, a
# signal) before it could say "not ok" is a failure of its own.
set -uo pipefail
name=$(basename "${!#}")
export CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

output=$("$@")
status=$?
printf '%s\n' "$output"
if [ "$status" -ne 0 ] && ! grep -q '^not ok' <<<"$output"; then
	echo "not ok - $name ended with status $status before its last test"
fi
exit "$status"
