#!/usr/bin/env bash
# Runs products.c under valgrind and prints TAP. A branch is expected in one function, which is there for that: that it
# is found shows that others would be.
set -euo pipefail

expected="branches_on"
title="no secret decides a branch or an address in a product on a curve or an inverse"

found=$(valgrind --error-limit=no "$1" 2>&1 | sed -nE 's/^==[0-9]+==    at 0x[0-9A-F]+: ([a-z0-9_]+) .*/\1/p' | sort -u | xargs)
if [[ $found == "$expected" ]]; then
	echo "ok - $title"
else
	echo "not ok - $title"
	echo "# found in: $found; expected: $expected"
	exit 1
fi
